import { expect, test } from 'vitest';
import type { AlarmRecipient } from '../../find/alarm-recipients.ts';
import type { Caller } from '../../find/caller.ts';
import check from './alarm-recipients.ts';

const who = (kind: Caller['kind']): Caller => ({ account: '111122223333', arn: '', kind, name: 'me' });
const recipient = (changes: Partial<AlarmRecipient>): AlarmRecipient => ({
  topic: 'arn:aws:sns:ap-northeast-1:111122223333:alerts',
  alarms: ['5xx', 'cpu'],
  exists: true,
  open: true,
  confirmed: 1,
  unconfirmed: 0,
  ...changes,
});
const judge = (changes: Partial<AlarmRecipient>, kind: Caller['kind'] = 'user') =>
  check.judge({ who: who(kind), found: [recipient(changes)] });

test('somebody who has confirmed passes, beside others who haven’t', () => {
  expect(judge({ unconfirmed: 2 })).toMatchObject({ status: 'pass', evidence: 'alerts（確認ずみ1人）' });
});

test.each<[Partial<AlarmRecipient>, string]>([
  [{ confirmed: 0, unconfirmed: 1 }, '登録1件は、どれも確認されていません'],
  [{ confirmed: 0 }, '登録している人がいません'],
  [{ exists: false, confirmed: 0 }, 'がありません'],
])('%o fails, and names alarms and topic', (changes, words) => {
  const judgement = judge(changes);
  expect(judgement).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  expect(judgement.evidence).toContain('5xx、cpu の知らせ先 alerts');
});

test('alarms that tell nobody fail, in the rehearsal too; that mail arrives can’t be seen there', () => {
  expect(check.judge({ who: who('rehearsal'), found: [] })).toMatchObject({ status: 'fail' });
  expect(judge({ confirmed: 0 }, 'rehearsal')).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('メールは届かない'),
  });
});
