import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type Alarm, alarms } from '../../find/alarms.ts';
import { type Topic, topic } from '../../find/topics.ts';

interface Facts {
  found: Resource<Alarm>[];
  /** By ARN. */
  topics: Record<string, Topic>;
}

export default defineCheck({
  title: 'アラームが鳴ると、人に届く',
  why: 'アクションのないアラームは、だれもいない部屋で鳴る電話です。購読を確認していないメールも、届きません。',
  needs: ['chapter-4/observability/alarms'],
  read: async (world): Promise<Facts> => {
    const found = await alarms(world);
    const arns = [...new Set(found.flatMap(({ properties }) => properties.actions))].filter((arn) =>
      arn.startsWith(`arn:aws:sns:${world.choice.region}:`),
    );
    const topics = await Promise.all(
      arns.map(async (arn) => [arn, await topic(world, arn, 'cloudwatch.amazonaws.com')] as const),
    );
    return { found, topics: Object.fromEntries(topics) };
  },
  judge: ({ found, topics }): Judgement => {
    const resources = found;
    const named = (some: Resource<Alarm>[]) => some.map(({ id }) => id).join('、');
    // One without an action may be there for a release to look at; then another on the same metric tells people.
    const heard = new Set(found.flatMap(({ properties }) => (properties.actions.length > 0 ? properties.metric : [])));
    const silent = found.filter(({ properties }) => !heard.has(properties.metric));
    if (silent.length > 0) {
      return { status: 'fail', evidence: `${named(silent)} に、鳴ったときのアクションがありません。`, resources };
    }
    const off = found.filter(({ properties }) => !properties.enabled);
    if (off.length > 0) {
      return {
        status: 'fail',
        evidence: `${named(off)} のアクションが無効にされています。`,
        resources,
        fix: { cli: `aws cloudwatch enable-alarm-actions --alarm-names ${off.map(({ id }) => id).join(' ')}` },
      };
    }
    const deaf = found.flatMap(({ id, properties }) => {
      const reasons = properties.actions.map((arn) => reasonFor(arn, topics[arn]));
      const [first] = reasons;
      return !first || reasons.includes(null) ? [] : [`${id} は、${first}`];
    });
    if (deaf.length > 0) return { status: 'fail', evidence: `${deaf.join('。')}。`, resources };
    const people = Object.values(topics).reduce((sum, { confirmed }) => sum + confirmed, 0);
    return {
      status: 'pass',
      evidence: `${found.length}個のアラームが、${people}件の確認済みの購読者に届きます。`,
      resources,
    };
  },
  fix: {
    console:
      '「Amazon SNS」>「トピック」でサブスクリプションを作り、届いたメールの「Confirm subscription」を押します。アラームを編集し、「アクション」でそのトピックを選びます。',
    cli: 'aws sns subscribe --topic-arn トピックのARN --protocol email --notification-endpoint you@example.com',
    cdk: 'pnpm solve chapter-4 -c alertEmail=you@example.com のあと、届いたメールで確認します。',
  },
  console: 'sns/v3/home#/topics',
  doc: 'chapters/chapter-4/06-observability.md#知らせる先',
});

/** Why nobody hears of it by this action; null where somebody does, or where what it starts is no topic of here. */
function reasonFor(arn: string, found: Topic | undefined): string | null {
  if (!found) return null;
  const name = arn.split(':').at(-1);
  if (!found.exists) return `もうないトピック ${name} に知らせようとしています`;
  if (!found.open) return `トピック ${name} のポリシーが、CloudWatch からの知らせを許していません`;
  if (found.confirmed > 0) return null;
  return found.unconfirmed > 0
    ? `トピック ${name} の購読が、まだ確認されていません（メールのリンクを押してください）`
    : `トピック ${name} を、だれも購読していません`;
}
