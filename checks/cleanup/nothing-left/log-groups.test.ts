import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './log-groups.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'logs',
      'describeLogGroups',
      {},
      { logGroups: [{ logGroupName: '/aws/rds/cluster/blog-aws-practice-db/postgresql', storedBytes: 9 }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(
      '・ロググループ /aws/rds/cluster/blog-aws-practice-db/postgresql: 使った量に応じて: CloudWatch Logs',
    ),
    fix: { cli: expect.stringContaining('delete-log-group --log-group-name /aws/rds/cluster/blog') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('logs', 'describeLogGroups', {}, { logGroups: [{ logGroupName: '/ecs/tanaka-blog-aws-practice-server' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(
      /^この環境のものではないので触りません: .*ロググループ \/ecs\/tanaka-blog-aws-practice-server/,
    ),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('logs', 'describeLogGroups', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
