import { defineCheck } from '../../check.ts';
import { type AlarmRecipient, alarmRecipients } from '../../find/alarm-recipients.ts';
import { caller } from '../../find/caller.ts';

export default defineCheck({
  title: 'アラームの知らせを、だれかが確認ずみで受け取っている',
  why: '確認のメールのリンクを押すまで、SNS は1通も送りません。鳴っているのにだれも知らない、がいちばん困ります。',
  needs: ['chapter-2/service/service'],
  read: async (world) => ({ who: await caller(world), found: await alarmRecipients(world) }),
  judge: ({ who, found }) => {
    const resources = found.map(({ topic }) => ({ type: 'AWS::SNS::Topic', id: topic, origin: 'console' as const }));
    if (found.length === 0) {
      return {
        status: 'fail',
        evidence:
          'この環境のロードバランサー・サービス・データベースを見ていて、SNS トピックに知らせるアラームがありません。',
      };
    }
    const silent = found.filter(({ exists, confirmed }) => !exists || confirmed === 0);
    if (silent.length === 0) {
      const evidence = found.map(({ topic, confirmed }) => `${nameOf(topic)}（確認ずみ${confirmed}人）`).join('、');
      return { status: 'pass', evidence, resources };
    }
    if (who.kind === 'rehearsal') {
      return {
        status: 'pass',
        evidence: `アラーム${found.flatMap(({ alarms }) => alarms).length}つが ${found.map(({ topic }) => nameOf(topic)).join('、')} に知らせます。`,
        advice: 'リハーサルからメールは届かないので、受け取る人は見ていません。本物の AWS で確かめてください。',
        resources,
      };
    }
    return { status: 'fail', evidence: silent.map(inWords).join(''), resources };
  },
  fix: {
    console:
      '「Amazon SNS」>「トピック」でトピックを開き、「サブスクリプションの作成」でメールアドレスを登録して、届いたメールのリンクを押します。',
    cli: 'aws sns subscribe --topic-arn <トピック> --protocol email --notification-endpoint <メールアドレス>',
    cdk: 'pnpm solve chapter-5 -c alertEmail=<メールアドレス>（届いたメールのリンクを押すまでが設定です）',
  },
  console: 'sns/v3/home#/subscriptions',
  doc: 'chapters/chapter-5/02-production.md#知らせを受け取る人',
});

const nameOf = (topic: string) => topic.split(':').at(-1) ?? topic;

function inWords({ topic, alarms, exists, unconfirmed }: AlarmRecipient): string {
  const of = `アラーム ${alarms.join('、')} の知らせ先 ${nameOf(topic)} `;
  if (!exists) return `${of}がありません。`;
  return unconfirmed > 0
    ? `${of}の登録${unconfirmed}件は、どれも確認されていません。`
    : `${of}に、登録している人がいません。`;
}
