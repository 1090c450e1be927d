import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftVpcs } from '../../left/vpcs.ts';

export default defineCheck({
  title: 'VPC とその中のものが残っていない',
  why: 'VPC そのものに料金はかかりませんが、残っていると、次に同じ範囲で作るときにどちらの環境か決められません。インターフェイス型のエンドポイントには料金がかかります。',
  read: async (world) => ({ found: await leftVpcs(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('VPC とその中のもの', facts),
  fix: {
    console:
      '「VPC」>「お使いの VPC」で選び、「アクション」>「VPC の削除」を押します。サブネットやルートテーブルも一緒に消えます。消せないときは、画面が名前を挙げたものを先に消します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'vpcconsole/home#vpcs:',
  doc: 'chapters/cleanup/01-nothing-left.md#vpc',
});
