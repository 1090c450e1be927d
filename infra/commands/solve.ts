import { runCommand } from './command.ts';
import type { Options } from './solve/solve.ts';

const HELP = `
例:
  pnpm solve chapter-2 network --rehearsal   第2章のネットワークまでを、リハーサルに作る
  pnpm solve chapter-2                       第2章のすべてを、本物の AWS に作る（料金を示して確認します）
  pnpm solve chapter-2 network -c nat=instance   値を1つ変えて作る`;

await runCommand(
  {
    name: 'pnpm solve',
    usage: 'chapter-N [ステップ] [オプション]',
    description:
      '章の完成形を CDK で作ります。何が変わるかと料金を先に示し、確認してから変えます。手で作ったものがあれば、混ぜずに止まります。',
  },
  (command) =>
    command
      .argument('<章>', 'chapter-2 など')
      .argument('[ステップ]', 'このステップまでを作る（省略すると章のすべて）')
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS に作る')
      .option('--prefix <名前>', '名前がこの文字で始まる、もう1つの環境を作る')
      .option('-c, --context <名前=値>', 'parameters.ts の値を今回だけ変える（何度でも）', collect)
      .option('--domain <ホスト名>', 'API のホスト名（証明書を申し込むときだけ使う）')
      .option('--supabase-url <URL>', 'Supabase の Project URL（シークレットにまだないときだけ使う）')
      .option('--explain', '作る部品が何をするものかと、それを教えるページを示す')
      .option('--yes', '確認せずに作る')
      .addHelpText('after', HELP),
  // Loaded only now: the CDK takes a moment, and help or wrong use need none of it.
  async ([chapter = '', step], options: Options) => (await import('./solve/solve.ts')).solve(chapter, step, options),
);

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}
