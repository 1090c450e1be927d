import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Image } from '../../find/images.ts';
import check from './image.ts';

const image = (platforms: string[] | null): Resource<Image> => ({
  type: 'AWS::ECR::Image',
  id: 'initial',
  arn: null,
  name: null,
  parent: 'server',
  relations: {},
  origin: 'console',
  properties: { digest: 'sha256:0123456789abcdef', tags: ['initial'], pushed: null, bytes: 1, platforms },
});
const judge = (...all: Resource<Image>[]) => check.judge({ repository: undefined, all });

test('one for linux/amd64 passes, alone or among others', () => {
  expect(judge(image(['linux/amd64'])).status).toBe('pass');
  expect(judge(image(['linux/arm64', 'linux/amd64'])).status).toBe('pass');
});

test('one that doesn’t say what it is for is not held against the learner', () => {
  expect(judge(image(null)).status).toBe('pass');
});

test('arm64 alone fails, and names the image', () => {
  const { status, evidence } = judge(image(['linux/arm64']), image(['linux/amd64']));
  expect(status).toBe('fail');
  expect(evidence).toContain('initial');
  expect(evidence).toContain('linux/arm64');
});

test('an empty repository fails', () => {
  expect(judge().status).toBe('fail');
});
