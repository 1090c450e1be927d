import { defineCheck } from '../../check.ts';
import { flowLogs } from '../../find/flow-logs.ts';

export default defineCheck({
  title: 'VPC フローログを取っているなら、きちんと届いている',
  why: 'フローログは「どこからどこへの通信が、通ったか断られたか」を残します。届いていないと、調べたい日に何も見つかりません。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => ({ found: await flowLogs(world) }),
  judge: ({ found }) => {
    const broken = found.filter(({ properties }) => properties.failure !== null);
    if (broken.length > 0) {
      return {
        status: 'fail',
        evidence: broken
          .map(({ id, properties }) => `フローログ ${id} が届いていません（${properties.failure}）。`)
          .join(''),
        resources: broken,
        fix: { cli: `aws ec2 describe-flow-logs --flow-log-ids ${broken.map(({ id }) => id).join(' ')}` },
      };
    }
    if (found.length > 0) return { status: 'pass', evidence: found.map(({ id }) => id).join('、'), resources: found };
    return {
      status: 'pass',
      evidence: 'フローログは取っていません。',
      advice: '任意: フローログは、第4章の監視でまとめて有効にします。料金は記録した量に応じてかかります。',
    };
  },
  fix: {
    console:
      '「VPC」で VPC を選び、「フローログ」タブでエラーの中身を見ます。多くは、ロールに CloudWatch Logs へ書く権限がありません。',
    cli: 'aws ec2 describe-flow-logs',
    cdk: '第4章の監視の構成が、ロールと一緒に作ります。',
  },
  console: 'vpcconsole/home#vpcs:',
  doc: 'chapters/chapter-2/08-audit.md#フローログ',
});
