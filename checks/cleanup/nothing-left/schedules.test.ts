import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './schedules.ts';

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({ status: 'pass' });
});

test('what is left is named, with its price and the command', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('scheduler', 'listSchedules', {}, { Schedules: [{ Name: 'blog-aws-practice-night', GroupName: 'default' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('・スケジュール blog-aws-practice-night: 料金はかかりません'),
    fix: { cli: expect.stringContaining('delete-schedule --name blog-aws-practice-night --group-name default') },
  });
});

test('what is somebody else’s is listed, and nothing to mend', async () => {
  const judgement = await said(check, [
    ...emptyAccount,
    aws('scheduler', 'listSchedules', {}, { Schedules: [{ Name: 'shop', GroupName: 'default' }] }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^この環境のものではないので触りません: .*スケジュール shop/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('scheduler', 'listSchedules', {}, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
