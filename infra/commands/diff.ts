import { runCommand } from './command.ts';
import type { Options } from './diff/diff.ts';

const HELP = `
例:
  pnpm diff chapter-2 --rehearsal   リハーサルに手で作ったものを、CDK が作るものと比べる
  pnpm diff chapter-2 network       本物の AWS のネットワークだけを比べる

終了コード:
  0 すべて同じ  1 違いがある  2 確認できない  64 使い方の間違い

このコマンドは AWS を読むだけで、何も変えません。`;

await runCommand(
  {
    name: 'pnpm diff',
    usage: 'chapter-2 [ステップ] [オプション]',
    description:
      '手で作ったものと、CDK が作るものを、設定ごとに並べます。自分のクリックが、CDK ではどの値になるかがわかります。',
  },
  (command) =>
    command
      .argument('<章>', 'chapter-2')
      .argument('[ステップ]', 'network など（省略すると章のすべて）')
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS を見る')
      .option('--prefix <名前>', '名前がこの文字で始まる環境を見る')
      .addHelpText('after', HELP),
  // Loaded only now: the CDK takes a moment, and help or wrong use need none of it.
  async ([chapter = '', step], options: Options) => (await import('./diff/diff.ts')).diff(chapter, step, options),
);
