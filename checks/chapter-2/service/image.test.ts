import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { task } from '../../corpus/example-task.ts';
import type { Image } from '../../find/images.ts';
import type { Repository } from '../../find/repositories.ts';
import check from './image.ts';

type Facts = Parameters<typeof check.judge>[0];

const image = (platforms: string[] | null): Resource<Image> => ({
  type: 'AWS::ECR::Image',
  id: 'initial',
  arn: null,
  name: null,
  parent: 'milk',
  relations: {},
  origin: 'console',
  properties: { digest: 'sha256:1', tags: ['initial'], pushed: null, bytes: 1, platforms },
});
// Only its id matters here.
const repository = { type: 'AWS::ECR::Repository', id: 'milk', origin: 'console' } as Resource<Repository>;
const judge = (facts: Partial<Facts>) =>
  check.judge({
    task: task(),
    image: 'host/milk:initial',
    name: 'milk',
    region: 'ap-northeast-1',
    here: 'ap-northeast-1',
    repository,
    all: [image(['linux/amd64'])],
    found: image(['linux/amd64']),
    ...facts,
  });

test('an image that is there passes', () => {
  expect(judge({}).status).toBe('pass');
});

test('one of another registry passes with the advice that nobody looked', () => {
  expect(judge({ region: null })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('確かめられません'),
  });
});

test.each<[string, Partial<Facts>, string]>([
  ['of another region', { region: 'us-east-1' }, 'us-east-1'],
  ['of a repository that isn’t there', { repository: undefined }, 'リポジトリ milk がありません'],
  ['that isn’t there', { found: undefined }, 'あるタグは initial'],
  ['for arm64', { found: image(['linux/arm64']) }, 'linux/arm64'],
])('one %s fails', (_name, facts, words) => {
  expect(judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
