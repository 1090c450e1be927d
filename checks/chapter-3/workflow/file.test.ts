import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { workflowOf } from '../../find/deploy-workflow.ts';
import { root } from '../../paths.ts';
import check from './file.ts';

const path = '.github/workflows/deploy-server.yml';
const text = await readFile(join(root, path), 'utf8');
const world = {
  region: 'ap-northeast-1',
  container: 'blog-aws-practice-server',
  cluster: 'blog-aws-practice-cluster',
  service: 'blog-aws-practice-service',
};
/** The book's own workflow with one thing changed. */
const judged = (from: string | RegExp, to: string) => {
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return check.judge({ ...world, workflow: workflowOf(path, changed) });
};

test('the book’s own workflow passes, without a word of advice', () => {
  expect(check.judge({ ...world, workflow: workflowOf(path, text) })).toEqual({ status: 'pass', evidence: path });
});

test('another region that is a variable of the environment is not guessed at', () => {
  expect(judged('AWS_REGION: ap-northeast-1', 'AWS_REGION: ${'.concat('{ vars.AWS_REGION }}')).status).toBe('pass');
});

test('no workflow at all fails', () => {
  expect(check.judge({ ...world, workflow: null })).toMatchObject({ status: 'fail' });
});

const credentials = /role-to-assume: .*/;
test.each([
  ['YAML broken', 'permissions: {}', 'permissions: {', 'YAML として読めません'],
  ['only on another branch', 'branches: [main, develop]', 'branches: [master]', 'master'],
  ['long-lived keys', credentials, 'aws-access-key-id: a\n          aws-secret-access-key: b', 'アクセスキー'],
  ['id-token missing', 'id-token: write', 'actions: read', 'id-token: write がありません'],
  ['no role', credentials, 'role-session-name: x', 'role-to-assume がありません'],
  ['the rehearsal’s role', credentials, 'role-to-assume: arn:aws:iam::123456789012:role/deploy', 'リハーサルのロール'],
  ['no environment', /\n {4}environment: .*/, '', 'environment がありません'],
  ['another environment', /environment: .*/, 'environment: prod', 'environment が prod'],
  ['wrong region', 'AWS_REGION: ap-northeast-1', 'AWS_REGION: us-east-1', 'us-east-1'],
  ['wrong container name', 'CONTAINER_NAME: blog-aws-practice-server', 'CONTAINER_NAME: server', 'CONTAINER_NAME'],
  ['wrong cluster name', /ECS_CLUSTER: .*/, 'ECS_CLUSTER: blog-cluster', 'blog-cluster'],
  ['wrong service name', /ECS_SERVICE: .*/, 'ECS_SERVICE: blog-service', 'blog-service'],
  ['arm64 image', 'platforms: linux/amd64', 'platforms: linux/arm64', 'linux/arm64'],
  ['mutable tag', /tags: .*/, 'tags: registry/blog:latest', 'latest'],
  ['nobody waits', 'release.ts deploy', 'release.ts start', '待っていません'],
])('%s fails', (_name, from, to, words) => {
  expect(judged(from, to)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test.each([
  ['an action by its tag', /checkout@\w+/, 'checkout@v7', 'actions/checkout@v7'],
  ['no paths', / {4}paths:\n( {6}- .*\n)+/, '', 'paths がない'],
  ['no concurrency', /concurrency:\n.*\n.*\n/, '', 'concurrency がない'],
])('%s is advice', (_name, from, to, words) => {
  expect(judged(from, to)).toMatchObject({ status: 'pass', advice: expect.stringContaining(words) });
});
