import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftElasticIps } from '../../left/elastic-ips.ts';

export default defineCheck({
  title: 'Elastic IP アドレスが残っていない',
  why: 'Elastic IP は、使っていなくても1時間ごとに料金がかかります。NAT ゲートウェイを消しても残るので、いちばん忘れやすいものです。',
  read: async (world) => ({ found: await leftElasticIps(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('Elastic IP アドレス', facts),
  fix: {
    console:
      '「VPC」>「Elastic IP」で選び、「アクション」>「Elastic IP アドレスの解放」を押します。使用中と言われたら、NAT ゲートウェイの削除が終わるのを待ちます。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'vpcconsole/home#Addresses:',
  doc: 'chapters/cleanup/01-nothing-left.md#nat-ゲートウェイと-elastic-ip',
});
