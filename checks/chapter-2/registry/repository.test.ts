import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Repository } from '../../find/repositories.ts';
import check from './repository.ts';

const repository = (id: string): Resource<Repository> => ({
  type: 'AWS::ECR::Repository',
  id,
  arn: null,
  name: id,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { uri: `1.dkr.ecr.ap-northeast-1.amazonaws.com/${id}`, scanOnPush: true, immutableTags: true },
});
const judge = (...found: Resource<Repository>[]) => check.judge({ found, all: found, region: 'ap-northeast-1' });

test('one passes with what docker push takes', () => {
  expect(judge(repository('server'))).toMatchObject({ status: 'pass', evidence: expect.stringContaining('/server') });
});

test('none, or several that can’t be told apart, fails', () => {
  expect(judge()).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ap-northeast-1') });
  expect(judge(repository('a'), repository('b'))).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('a、b'),
  });
});
