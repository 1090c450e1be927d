import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { confirm } from '@inquirer/prompts';
import { CommandError, runCommand } from './command.ts';
import { type Assembly, steps, synthesize } from './solve/assembly.ts';
import { builtByHand } from './solve/by-hand.ts';
import { deploy, diff } from './solve/cdk.ts';
import { costInWords } from './solve/cost.ts';
import { cloudFormation, type Member, members, tellEvents } from './solve/stack.ts';
import { openTarget, type Target } from './target.ts';
import { typeName } from './type-names.ts';

interface Options {
  rehearsal?: true;
  prefix?: string;
  yes?: true;
  context?: string[];
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

const HELP = `
例:
  pnpm solve chapter-2 network --rehearsal   第2章のネットワークまでを、リハーサルに作る
  pnpm solve chapter-2                       第2章のすべてを、本物の AWS に作る（料金を示して確認します）
  pnpm solve chapter-2 network -c natGateways=0   値を1つ変えて作る`;

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
      .option('--yes', '確認せずに作る')
      .addHelpText('after', HELP),
  async ([chapter = '', step], options: Options) => {
    const until = stepOf(chapter, step);
    const context = contextOf(options, until);
    const target = await openTarget({ rehearsal: options.rehearsal === true, prefix: options.prefix ?? '' });
    const directory = await mkdtemp(join(tmpdir(), 'blog-aws-practice-'));
    try {
      return await solve(context, options, target, directory);
    } finally {
      target.close();
      await rm(directory, { recursive: true, force: true });
    }
  },
);

function collect(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** @throws CommandError for a chapter or step that the CDK has no part of */
function stepOf(chapter: string, step: string | undefined): string {
  const until = step === undefined ? chapter : `${chapter}/${step}`;
  const known = steps();
  if (known.includes(until)) return until;
  const inChapter = known.filter((id) => id.startsWith(`${chapter}/`)).map((id) => id.slice(chapter.length + 1));
  if (inChapter.length > 0) {
    throw new CommandError(
      `${chapter} に「${step}」という、CDK で作るステップはありません。${inChapter.join('、')} のどれかを指定してください。`,
      WRONG_USE,
    );
  }
  const chapters = known.filter((id) => !id.includes('/'));
  throw new CommandError(
    `「${chapter}」という、CDK で作る章はありません。${chapters.join('、')} のどれかを指定してください。`,
    WRONG_USE,
  );
}

async function solve(context: Context, options: Options, target: Target, directory: string): Promise<number> {
  say(
    target.rehearsal
      ? 'リハーサル用の AWS に作ります。'
      : `本物の AWS（アカウント ${target.account}、${target.region}）に作ります。`,
  );
  const byHand = await builtByHand(target.world);
  if (byHand.length > 0) {
    say(stopForHandmade(context.until, byHand, options));
    return 1;
  }
  const client = cloudFormation(target);
  try {
    const asked = await synthesize(context, join(directory, 'asked'));
    const deployed = await members(client, asked.stackName);
    const assembly = await reaching(asked, context, deployed ?? [], directory);
    say('何が変わるかを調べています…');
    const difference = await diff(assembly, target);
    if (difference === null) {
      say('変更はありません。');
      return 0;
    }
    say(difference);
    say(costInWords(assembly, deployed ?? [], target.rehearsal));
    if (!options.yes && !(await agrees(target.rehearsal))) {
      say('何も変えていません。');
      return 1;
    }
    return await carryOut(assembly, target, context.until, options);
  } finally {
    client.destroy();
  }
}

/** The CDK's context: the parameters given, the prefix, and how far to build. */
type Context = Record<string, string> & { until: string };

function contextOf({ context = [], prefix = '' }: Options, until: string): Context {
  const pairs = context.map((pair) => {
    const [name = '', ...rest] = pair.split('=');
    if (rest.length === 0) throw new CommandError(`「-c ${pair}」は -c 名前=値 の形で書いてください。`, WRONG_USE);
    return [name, rest.join('=')] as const;
  });
  return { ...Object.fromEntries(pairs), prefix, until };
}

/**
 * The assembly to deploy. Where the stack already holds later steps than the one asked for, it reaches that far: solving
 * an early step again never takes a later one away.
 */
async function reaching(asked: Assembly, context: Context, deployed: Member[], directory: string): Promise<Assembly> {
  const all = steps();
  const lost = deployed.filter(({ logicalId }) => !(logicalId in asked.resources));
  if (lost.length === 0) return asked;
  for (const later of all.slice(all.indexOf(context.until) + 1)) {
    const assembly = await synthesize({ ...context, until: later }, join(directory, later.replaceAll('/', '-'))).catch(
      (error: unknown) => {
        // A later step may need a parameter that nobody gave; then it isn't what is deployed.
        if (error instanceof CommandError) return null;
        throw error;
      },
    );
    const added = assembly && lost.filter(({ logicalId }) => logicalId in assembly.resources);
    if (assembly && added && added.length === lost.length) {
      say(`${later} まで作られているので、そこまでを対象にします。`);
      return assembly;
    }
  }
  return asked;
}

function stopForHandmade(
  until: string,
  byHand: { type: string; id: string; name: string | null }[],
  options: Options,
): string {
  const flag = options.rehearsal ? ' --rehearsal' : '';
  const [chapter, step = ''] = until.split('/');
  const list = byHand.map(({ type, id, name }) => `  ・${typeName(type)} ${id}${name ? `（${name}）` : ''}`);
  return [
    '手で作ったものがあるので、CDK で作る前に止まりました。混ぜると、料金が二重にかかったり、名前がぶつかったりします。',
    '',
    ...list,
    '',
    '次のどれかを選んでください。',
    `  1. 手で作り続ける: ${pnpm} check ${[chapter, step].filter(Boolean).join(' ')}${flag}`,
    `  2. 先に片づける: ${pnpm} cleanup${flag} で残っているものを見て、削除してからやり直す`,
    `  3. 別の名前で、もう1つの環境を作る: ${pnpm} solve ${[chapter, step].filter(Boolean).join(' ')} --prefix 名前${flag}（料金はもう1つ分かかります）`,
  ].join('\n');
}

async function agrees(rehearsal: boolean): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'ここまでの内容を確認する画面がないので、何も変えずに終わりました。この内容でよければ --yes を付けて実行してください。',
    );
  }
  return confirm({
    message: rehearsal
      ? 'この内容でリハーサルに作りますか？'
      : 'この内容で本物の AWS に作りますか？（料金がかかります）',
    default: false,
  });
}

async function carryOut(assembly: Assembly, target: Target, until: string, options: Options): Promise<number> {
  const client = cloudFormation(target);
  const finished = new AbortController();
  const since = new Date(Date.now() - 1000);
  let told = 0;
  const events = tellEvents(client, assembly.stackName, since, finished.signal, (line) => {
    told += 1;
    say(`  ${line}`);
  });
  try {
    say('作っています…');
    const run = await deploy(assembly, target);
    finished.abort();
    await events;
    const flag = options.rehearsal ? ' --rehearsal' : '';
    if (run.exitCode !== 0) {
      if (told === 0) say(run.output.trim());
      say('作れませんでした。上の理由を直して、もう一度実行してください。');
      return 1;
    }
    say(`できました。${pnpm} check ${until.replace('/', ' ')}${flag} で確かめてください。`);
    return 0;
  } finally {
    finished.abort();
    client.destroy();
  }
}
