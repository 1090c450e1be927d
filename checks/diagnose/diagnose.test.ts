import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Status } from '../check.ts';
import type { Outcome } from '../run.ts';
import { diagnose, exitCode } from './diagnose.ts';
import { REQUEST_PATH } from './request-path.ts';
import { meaningOf, type Sign } from './signs.ts';
import { words } from './words.ts';

const outcome = (id: string, status: Status): Outcome => ({
  check: {
    id,
    title: `${id} の題`,
    why: 'わけ',
    read: async () => null,
    judge: () => ({ status: 'pass', evidence: '' }),
    fix: { console: '画面で直す', cli: 'aws ec2 fix', cdk: 'pnpm solve' },
    console: null,
    doc: `chapters/${id}.md#見出し`,
  },
  status,
  evidence: `${id} を見た`,
  judgement: null,
  blockedBy: status === 'blocked' ? ['chapter-2/network/vpc'] : [],
  missingAction: null,
});

/** Every check of the way passes, but these. */
const way = (other: Record<string, Status> = {}) =>
  REQUEST_PATH.flatMap(({ checks }) => checks.map((id) => outcome(id, other[id] ?? 'pass')));

const sign = (from: Sign['from'], said: string): Sign => ({ from, said, at: null, meaning: meaningOf(said) });

const about = {
  mode: 'rehearsal',
  account: null,
  region: 'ap-northeast-1',
  columns: 80,
  color: false,
  pnpm: 'pnpm',
  flags: ' --rehearsal',
} as const;

describe('the first broken link', () => {
  test('is none where the whole way holds', () => {
    const found = diagnose(way(), [], null);
    expect(found.broken).toBeNull();
    expect(exitCode(found)).toBe(0);
    expect(words(found, about)).toContain('ブラウザからデータベースまでつながっています');
  });

  test('is the first on the way of several, and the others are told too', () => {
    const found = diagnose(
      way({
        'chapter-2/secrets/keys': 'fail',
        'chapter-2/load-balancer/target-group': 'fail',
        'chapter-2/service/targets': 'fail',
      }),
      [],
      null,
    );
    expect(found.broken).toMatchObject({
      link: 'ロードバランサー → タスク',
      sentence: 'chapter-2/load-balancer/target-group を見た',
    });
    expect(found.others.map(({ id }) => id)).toEqual(['chapter-2/secrets/keys', 'chapter-2/service/targets']);
    expect(exitCode(found)).toBe(1);
  });

  test('is what a stopped task tells, where every part looks right', () => {
    const oom = sign('stopped-task', 'OutOfMemoryError: Container killed due to memory usage');
    const found = diagnose(way({ 'chapter-2/service/targets': 'fail' }), [oom], null);
    expect(found.broken).toMatchObject({
      link: 'タスクの起動',
      result: null,
      sentence: expect.stringContaining('メモリ'),
    });
    expect(found.path.find(({ title }) => title === 'タスクの起動')?.status).toBe('fail');
    expect(words(found, about)).toMatch(/最初に切れているところ: タスクの起動[\s\S]*OutOfMemoryError/);
  });

  test('is no old sign while healthy tasks are reached', () => {
    const found = diagnose(way(), [sign('log', 'password authentication failed for user "blog"')], null);
    expect(found.broken).toBeNull();
    expect(words(found, about)).not.toContain('password');
  });

  test('is the arrival, where nothing tells more', () => {
    const found = diagnose(way({ 'chapter-2/service/targets': 'fail' }), [], null);
    expect(found.broken?.link).toBe('健康なタスクへ届く');
  });

  test('is none where nothing could be seen: exit code 2, and nobody is blamed', () => {
    const found = diagnose(
      way(Object.fromEntries(way().map(({ check }) => [check.id, 'unknown' as const]))),
      '権限がありません。',
      null,
    );
    expect(found.broken).toBeNull();
    expect(exitCode(found)).toBe(2);
    expect(words(found, about)).toMatch(/見に行けませんでした[\s\S]*読めませんでした。権限がありません。/);
  });

  test('is none while AWS is at it: exit code 1', () => {
    const found = diagnose(way({ 'chapter-2/database/cluster': 'pending' }), [], null);
    expect(found.broken).toBeNull();
    expect(exitCode(found)).toBe(1);
  });
});

test.for([
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): retrieved secret from Secrets Manager did not contain json key Password',
    'キー',
  ],
  [
    'ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret arn:aws:secretsmanager:ap-northeast-1:123456789012:secret:blog from secrets manager: AccessDeniedException: User is not authorized to perform: secretsmanager:GetSecretValue',
    '権限',
  ],
  [
    'CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref 123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/blog:x: not found',
    'レジストリにありません',
  ],
  [
    'CannotPullContainerError: ref pull has been retried 5 time(s): failed to do request: dial tcp 10.0.0.1:443: i/o timeout',
    '道',
  ],
  [
    'ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ResourceNotFoundException',
    'ログの書き先',
  ],
  ['OutOfMemoryError: Container killed due to memory usage', 'メモリ'],
  ['exec /usr/local/bin/node: exec format error', 'CPU'],
  ['{"level":"error","err":{"message":"password authentication failed for user \\"blog\\""}}', 'パスワード'],
  ['no pg_hba.conf entry for host "10.0.11.5", user "blog", database "blogdb", no encryption', '暗号化'],
  ['database "blogdb" does not exist', '最初のデータベース'],
  ['relation "Article" does not exist', 'マイグレーション'],
  ['cannot execute INSERT in a read-only transaction', '読み取り専用'],
  ['connect ETIMEDOUT 10.0.11.9:5432', '届きません'],
  ['Target.ResponseCodeMismatch Health checks failed with these codes: [404]', '/health'],
  ['Target.Timeout Request timed out', '4000番'],
  ['Essential container in task exited / blog-aws-practice-server: 終了コード 1', 'ログの最後'],
] as const)('AWS’s words %s are put into the learner’s, with the page that teaches it', ([said, part]) => {
  const meaning = meaningOf(said);
  expect(meaning?.sentence).toContain(part);
  const [page = '', heading = ''] = meaning?.doc.split('#') ?? [];
  expect(readFileSync(join(import.meta.dirname, '../..', page), 'utf8')).toContain(`\n## ${heading}\n`);
  expect(REQUEST_PATH.map(({ title }) => title)).toContain(meaning?.link);
});

test('words that the book does not know are shown as they are', () => {
  const found = diagnose(
    way({ 'chapter-2/service/targets': 'fail' }),
    [sign('stopped-task', 'HostEC2 something new')],
    null,
  );
  expect(found.broken?.link).toBe('健康なタスクへ届く');
  expect(words(found, about)).toContain('HostEC2 something new');
});
