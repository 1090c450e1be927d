import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './alerts.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('sns', 'listTopics', {}, { Topics: [{ TopicArn: 'arn:aws:sns:r:1:blog-aws-practice-alerts' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・SNS トピック blog-aws-practice-alerts: 料金はかかりません'),
    fix: { cli: expect.stringContaining('delete-topic --topic-arn arn:aws:sns:r:1:blog-aws-practice-alerts') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('sns', 'listTopics', {}, { Topics: [{ TopicArn: 'arn:aws:sns:r:1:shop' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*SNS トピック shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('sns', 'listTopics', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});

test('the budget may stay', async () => {
  const Budgets = [{ BudgetName: 'blog-aws-practice-monthly' }];
  const list = aws(
    'budgets',
    'describeBudgets',
    { AccountId: '111122223333', ShowFilterExpression: true },
    { Budgets },
  );
  const judgement = await said(check, [...emptyAccount, list]);
  expect(judgement).toMatchObject({ status: 'pass', advice: expect.stringMatching(/予算 blog-aws-practice-monthly/) });
});
