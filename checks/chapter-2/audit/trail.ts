import { defineCheck } from '../../check.ts';
import { trails } from '../../find/trails.ts';

export default defineCheck({
  title: 'CloudTrail の証跡が、止まったり書けなくなったりしていない',
  why: '証跡は「いつ、だれが、何をしたか」を残します。あると思っていて止まっているのが、いちばん困ります。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => ({ found: await trails(world) }),
  judge: ({ found }) => {
    const broken = found.filter(({ properties }) => !properties.logging || properties.failure !== null);
    if (broken.length > 0 && broken.length === found.length) {
      return {
        status: 'fail',
        evidence: broken
          .map(({ id, properties }) =>
            properties.logging
              ? `証跡 ${id} は、バケット ${properties.bucket} に書けていません（${properties.failure}）。`
              : `証跡 ${id} は、記録を止められています。`,
          )
          .join(''),
        resources: broken,
        fix: {
          cli: broken
            .map(({ id, properties }) =>
              properties.logging
                ? `aws s3api get-bucket-policy --bucket ${properties.bucket}`
                : `aws cloudtrail start-logging --name ${id}`,
            )
            .join('\n'),
        },
      };
    }
    const working = found.filter((trail) => !broken.includes(trail));
    const pass = { status: 'pass', evidence: working.map(({ id }) => id).join('、'), resources: working } as const;
    if (working.length === 0) {
      return {
        ...pass,
        evidence: '証跡はありません。',
        advice: '任意: 証跡を1つ作ると、90日より前の操作も残せます。最初の1つは、保存の料金だけで使えます。',
      };
    }
    return working.some(({ properties }) => properties.everyRegion)
      ? pass
      : {
          ...pass,
          advice: '任意: すべてのリージョンの証跡にすると、間違えて別のリージョンに作ったものにも気づけます。',
        };
  },
  fix: {
    console:
      '「CloudTrail」>「証跡」で証跡を開き、「ログ記録の開始」を押します。書けていないときは、S3 バケットのポリシーを確かめます。',
    cli: 'aws cloudtrail start-logging --name <証跡>',
    cdk: 'infra/constructs/guardrails.ts の証跡は、作ったときから記録しています。',
  },
  console: 'cloudtrailv2/home#/trails',
  doc: 'chapters/chapter-2/08-audit.md#証跡',
});
