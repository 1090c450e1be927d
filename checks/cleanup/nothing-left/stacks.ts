import { defineCheck } from '../../check.ts';
import { leftBehind } from '../../judge/left-behind.ts';
import { leftStacks } from '../../left/stacks.ts';

export default defineCheck({
  title: 'ワークブックのスタックも、コンソールが作ったスタックも残っていない',
  why: 'スタックが残っていると、その中のものも残っていて、料金がかかり続けます。ECS のコンソールは、サービスを作るときに自分のスタックも作ります。',
  read: async (world) => ({ found: await leftStacks(world), prefix: world.choice.prefix }),
  judge: (facts) => leftBehind('スタック', facts),
  fix: {
    console:
      '「CloudFormation」>「スタック」でスタックを選び、「削除」を押します。失敗したら、「イベント」タブで、邪魔をしているものを確かめて先に消します。',
    cli: 'pnpm cleanup',
    cdk: 'pnpm cleanup（一覧を見せて、確認してから消します）',
  },
  console: 'cloudformation/home#/stacks',
  doc: 'chapters/cleanup/01-nothing-left.md#スタック',
});
