import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './containers.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws(
      'ecs',
      'listTaskDefinitions',
      { status: 'ACTIVE' },
      { taskDefinitionArns: ['arn:aws:ecs:r:1:task-definition/blog-aws-practice-task:3'] },
    ),
    aws(
      'ecs',
      'describeTaskDefinition',
      { taskDefinition: 'blog-aws-practice-task' },
      { taskDefinition: { family: 'blog-aws-practice-task', revision: 3 } },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・タスク定義 blog-aws-practice-task: 料金はかかりません'),
    fix: { cli: expect.stringContaining('deregister-task-definition --task-definition blog-aws-practice-task:3') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('ecs', 'listClusters', {}, { clusterArns: ['arn:aws:ecs:r:1:cluster/shop'] }),
    aws('ecs', 'listServices', { cluster: 'arn:aws:ecs:r:1:cluster/shop' }, {}),
    aws(
      'ecs',
      'describeClusters',
      { clusters: ['arn:aws:ecs:r:1:cluster/shop'] },
      { clusters: [{ clusterArn: 'arn:aws:ecs:r:1:cluster/shop', status: 'ACTIVE' }] },
    ),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*ECS クラスター shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    denied(aws('ecs', 'listTaskDefinitions', { status: 'ACTIVE' }, null)),
  ]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
