import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import { container, task } from '../../corpus/example-task.ts';
import type { Image } from '../../find/images.ts';
import check from './image.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;
const COMMIT = 'c0ffee'.padEnd(40, '0');
const stored = (changes: Partial<Image> = {}): Resource<Image> => ({
  type: 'AWS::ECR::Image',
  id: COMMIT,
  arn: null,
  name: COMMIT,
  parent: 'milk',
  relations: {},
  origin: 'console',
  properties: { digest: DIGEST, tags: [COMMIT], pushed: null, bytes: 1, platforms: ['linux/amd64'], ...changes },
});
const running = (image: string) =>
  task({ containers: [container({ image: `1.dkr.ecr.ap-northeast-1.amazonaws.com/milk${image}` })] });

test('a digest that carries its commit passes', () => {
  const judged = check.judge({ task: running(`@${DIGEST}`), image: `milk@${DIGEST}`, all: [stored()] });
  expect(judged).toMatchObject({ status: 'pass', evidence: 'cows:1 はコミット c0ffee000000 です。' });
});

test.each([
  ['no service', { task: null, image: '', all: [] }, 'サービスがありません'],
  ['the mutable tag latest', { task: running(':latest'), image: 'x/milk:latest', all: [stored()] }, 'milk:latest'],
  ['any tag', { task: running(':initial'), image: 'x/milk:initial', all: [stored()] }, 'milk:initial'],
  [
    'an image that has gone',
    { task: running(`@${DIGEST}`), image: `milk@${DIGEST}`, all: [] },
    'レジストリにありません',
  ],
  [
    'an image for ARM',
    { task: running(`@${DIGEST}`), image: `milk@${DIGEST}`, all: [stored({ platforms: ['linux/arm64'] })] },
    'linux/arm64',
  ],
  [
    'a tag that says nothing',
    { task: running(`@${DIGEST}`), image: `milk@${DIGEST}`, all: [stored({ tags: ['v1'] })] },
    'コミットの番号がありません',
  ],
])('%s fails', (_name, facts, words) => {
  expect(check.judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
