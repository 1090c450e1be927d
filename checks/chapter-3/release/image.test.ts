import { describe, expect, test } from 'vitest';
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

const image = `milk@${DIGEST}`;
const OTHER = `sha256:${'b'.repeat(64)}`;
const right = { task: running(`@${DIGEST}`), image, all: [stored()] };
const onGitHub = { from: 'github' as const, commit: COMMIT, digest: DIGEST, url: 'https://github.com/hana/blog/1' };

describe('a digest that carries its commit', () => {
  test('passes as what GitHub released last', () => {
    const judged = check.judge({ ...right, newest: onGitHub });
    expect(judged).toMatchObject({ status: 'pass', evidence: expect.stringMatching(/c0ffee000000.*GitHub/) });
    expect(judged.advice).toBeUndefined();
  });

  test('fails where GitHub released another one after it', () => {
    const newest = { ...onGitHub, commit: 'decade'.padEnd(40, '0'), digest: OTHER };
    expect(check.judge({ ...right, newest })).toMatchObject({
      status: 'fail',
      evidence: expect.stringMatching(/c0ffee000000.*hana\/blog\/1.*decade000000/),
      expected: expect.stringContaining('sha256:bbb'),
    });
  });

  test('passes by this folder’s Git, which it says, and what is not released yet is advice', () => {
    const judged = check.judge({ ...right, newest: { from: 'git', later: [] } });
    expect(judged).toMatchObject({ status: 'pass', evidence: expect.stringContaining('手元の Git と比べました') });
    expect(judged.advice).toBeUndefined();
    expect(check.judge({ ...right, newest: { from: 'git', later: ['a', 'b'] } })).toMatchObject({
      status: 'pass',
      advice: expect.stringContaining('2 件'),
    });
  });
});

test.each([
  ['no service', { task: null, image: '', all: [] }, 'サービスがありません'],
  ['the mutable tag latest', { task: running(':latest'), image: 'x/milk:latest', all: [stored()] }, 'milk:latest'],
  ['any tag', { task: running(':initial'), image: 'x/milk:initial', all: [stored()] }, 'milk:initial'],
  ['an image that has gone', { task: running(`@${DIGEST}`), image, all: [] }, 'レジストリにありません'],
  [
    'an image for ARM',
    { task: running(`@${DIGEST}`), image, all: [stored({ platforms: ['linux/arm64'] })] },
    'linux/arm64',
  ],
  [
    'a tag that says nothing',
    { task: running(`@${DIGEST}`), image, all: [stored({ tags: ['v1'] })] },
    'コミットの番号がありません',
  ],
])('%s fails', (_name, facts, words) => {
  expect(check.judge({ newest: null, ...facts })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
