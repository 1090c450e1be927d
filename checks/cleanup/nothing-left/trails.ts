import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftTrails } from '../../left/trails.ts';

export default defineCheck({
  title: '証跡が残っていない',
  why: '証跡は、最初の1つなら無料で、2つ目から料金がかかります。書き込み先のバケットには、置いた量だけ料金がかかります。',
  read: async (world) => ({ found: await leftTrails(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('証跡', facts),
  fix: {
    console:
      '「CloudTrail」>「証跡」で開き、「削除」を押します。書き込み先の S3 バケットは残るので、要らなければ空にしてから削除します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'cloudtrailv2/home#/trails',
  doc: 'chapters/cleanup/01-nothing-left.md#記録と予算',
});
