import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { discover, load } from '@blog-aws-practice/checks/discover.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { pad, wrap } from '@blog-aws-practice/checks/report/wrap.ts';
import { type Outcome, run } from '@blog-aws-practice/checks/run.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import { input } from '@inquirer/prompts';
import { CommandError, runCommand } from './command.ts';
import { drillNames, loadDrill } from './drill/discover.ts';
import type { Drill, Scene } from './drill/drill.ts';
import { type Memory, type RunningDrill, recall, remember } from './drill/memory.ts';
import { type Environment, openEnvironment, speaking, type Which } from './pause/environment.ts';

const pnpm = pnpmCommand();
const WORDS = ['list', 'start', 'check', 'hint', 'stop'] as const;
const TIERS = ['なぜ', 'どこ', '答え'];

const HELP = `
例:
  pnpm drill list                             演習の一覧と、解けた時間
  pnpm drill start closed-door --rehearsal    リハーサルで演習を始める
  pnpm drill check --rehearsal                直ったかを確かめる
  pnpm drill hint --rehearsal                 ヒントを1段ずつ読む（なぜ → どこ → 答え）
  pnpm drill stop --rehearsal                 元に戻して終わる

演習は、動いている環境を1か所だけ壊します。元に戻す方法を先に .local/drills.json に書いてから壊すので、
途中で止まっても pnpm drill stop で元に戻せます。--rehearsal がないと、自分の AWS の環境を壊します。`;

await runCommand(
  {
    name: 'pnpm drill',
    usage: '<list|start|check|hint|stop> [名前] [オプション]',
    description: '壊れた環境を直す演習です。物語のような症状から、原因を探して直します。',
  },
  (command) =>
    command
      .argument('[すること]')
      .argument('[名前]')
      .option('--rehearsal', 'この機械で動いているリハーサルの AWS で行う')
      .option('--prefix <名前>', '名前がこの文字で始まる環境で行う')
      .addHelpText('after', HELP),
  ([word = 'list', name], options: Which) => {
    const [wanted] = WORDS.filter((one) => one === word);
    if (!wanted) {
      throw new CommandError(`「${word}」はできません。次のどれかを指定してください: ${WORDS.join('、')}`, 64);
    }
    if (wanted === 'list') return list(options);
    return speaking('drill', async () => {
      const environment = await openEnvironment(options);
      if (!environment) {
        throw new CommandError(
          `演習をする環境がまだありません。${pnpm} solve chapter-2${flag(options)} で作ってから始めてください。`,
        );
      }
      const work = { start, check, hint, stop }[wanted];
      return work(environment, options, name).finally(environment.close);
    });
  },
);

async function list(options: Which): Promise<number> {
  const [names, { solved, running }] = await Promise.all([drillNames(), recall()]);
  const playing = new Set(Object.values(running).map((one) => one.name));
  for (const name of names) {
    const { title, minutes } = await loadDrill(name);
    const times = solved.filter((one) => one.name === name).map(({ seconds }) => seconds);
    const state = playing.has(name)
      ? '演習中'
      : times.length > 0
        ? `解けた（${clock(Math.min(...times))}）`
        : `目安 ${minutes}分`;
    console.log(`  ${pad(name, 20)} ${pad(title, 38)} ${state}`);
  }
  console.log(`\n始める: ${pnpm} drill start 名前${flag(options)}`);
  return 0;
}

async function start(environment: Environment, options: Which, name?: string): Promise<number> {
  if (name === undefined)
    throw new CommandError(`始める演習の名前を指定してください: ${(await drillNames()).join('、')}`, 64);
  const drill = await loadDrill(name);
  const memory = await recall();
  const already = memory.running[environment.key];
  if (already) {
    throw new CommandError(
      `演習「${already.name}」がまだ終わっていません。${pnpm} drill stop${flag(options)} で元に戻してから、次を始めてください。`,
    );
  }
  const before = await judged(environment, drill);
  const wrong = before.find(({ status }) => status !== 'pass');
  if (wrong) {
    throw new CommandError(
      `始める前から「${wrong.check.title}」が合格していません（${wrong.evidence}）。何も変えずに終わりました。先に ${pnpm} diagnose${flag(options)} で直してください。`,
      wrong.status === 'unknown' ? 2 : 1,
    );
  }
  const undo = await environment.fresh((world) => drill.prepare({ world, client: environment.client }));
  if (!options.rehearsal && !(await meansIt(environment))) {
    console.log('何も変えていません。');
    return 1;
  }
  const running: RunningDrill = { name, startedAt: new Date().toISOString(), hints: 0, undo };
  await remember({ ...memory, running: { ...memory.running, [environment.key]: running } });
  await inScene(environment, (scene) => drill.break(scene, undo));
  for (const line of [`【${drill.title}】`, '', drill.story, '']) say(line);
  say('原因を探して、直してください。順番に調べるなら:');
  console.log(`  ${pnpm} diagnose${flag(options)}`);
  console.log(`  ${pnpm} drill hint${flag(options)}`);
  say('直せたと思ったら:');
  console.log(`  ${pnpm} drill check${flag(options)}`);
  return 0;
}

async function check(environment: Environment, options: Which): Promise<number> {
  const { drill, running, memory } = await current(environment, options);
  const outcomes = await judged(environment, drill);
  const open = outcomes.find(({ status }) => status !== 'pass');
  if (open) {
    if (open.status === 'unknown') throw new CommandError(open.evidence, 2);
    say(
      open.status === 'pending'
        ? 'もう少しです。AWS がまだ作業をしています。少しおいて、もう一度確かめてください。'
        : 'まだ直っていません。症状をもう一度読んで、道を順にたどってみましょう。',
    );
    console.log(`  ${pnpm} drill hint${flag(options)}`);
    return 1;
  }
  const seconds = Math.round((Date.now() - Date.parse(running.startedAt)) / 1000);
  const solved = { name: running.name, solvedAt: new Date().toISOString(), seconds, hints: running.hints };
  await remember({ running: without(memory, environment), solved: [...memory.solved, solved] });
  const help = running.hints === 0 ? 'ヒントなし' : `ヒント ${running.hints} 回`;
  say(`直りました。「${drill.title}」を ${clock(seconds)} で解きました（${help}）。`);
  return 0;
}

async function hint(environment: Environment, options: Which): Promise<number> {
  const { drill, running, memory } = await current(environment, options);
  const read = Math.min(running.hints + 1, drill.hints.length);
  for (const [i, text] of drill.hints.slice(0, read).entries()) say(`${TIERS[i]}: ${text}`);
  if (read < drill.hints.length) console.log(`\n次のヒント（${TIERS[read]}）: ${pnpm} drill hint${flag(options)}`);
  await remember({ ...memory, running: { ...memory.running, [environment.key]: { ...running, hints: read } } });
  return 0;
}

async function stop(environment: Environment, options: Which): Promise<number> {
  const { drill, running, memory } = await current(environment, options);
  await inScene(environment, (scene) => drill.restore(scene, running.undo));
  await remember({ ...memory, running: without(memory, environment) });
  say(`「${drill.title}」を終わりました。環境を、始める前に戻しました。`);
  say(`答え: ${drill.hints[2]}`);
  return 0;
}

async function current(
  environment: Environment,
  options: Which,
): Promise<{ drill: Drill; running: RunningDrill; memory: Memory }> {
  const memory = await recall();
  const running = memory.running[environment.key];
  if (!running) {
    throw new CommandError(
      `いま行っている演習はありません。${pnpm} drill start 名前${flag(options)} で始めてください。`,
    );
  }
  return { drill: await loadDrill(running.name), running, memory };
}

function without(memory: Memory, { key }: Environment): Memory['running'] {
  const { [key]: _, ...others } = memory.running;
  return others;
}

/** What the drill's checks, and those that they need, say of the environment as it is now: the drill's own, each with its cause. */
async function judged(environment: Environment, drill: Drill): Promise<Outcome[]> {
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const checks = await load(book, drill.caught);
  const outcomes = await environment.fresh((world) => run(checks, world, explainer(false)));
  return outcomes.filter(({ check: { id } }) => drill.caught.includes(id));
}

function inScene<Result>(environment: Environment, work: (scene: Scene) => Promise<Result>): Promise<Result> {
  return environment.fresh((world) => work({ world, client: environment.client }));
}

/** The learner's own stack is broken only after its name was typed. */
async function meansIt({ target }: Environment): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      '自分の AWS の環境で演習をするには、確認のための入力が要ります。端末で実行するか、--rehearsal を付けてください。何も変えていません。',
    );
  }
  const { name } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { name: string };
  say(
    `本物の AWS（アカウント ${target.account}、${target.region}）の環境を、わざと壊します。料金は増えませんが、直すまでブログは止まることがあります。`,
  );
  return (await input({ message: `続けるなら ${name} と入力してください:` })) === name;
}

function say(text: string): void {
  for (const line of wrap(text, Math.min(process.stdout.columns ?? 80, 100))) console.log(line);
}

function flag({ rehearsal, prefix }: Which): string {
  return `${rehearsal ? ' --rehearsal' : ''}${prefix ? ` --prefix ${prefix}` : ''}`;
}

function clock(seconds: number): string {
  return seconds < 60 ? `${seconds}秒` : `${Math.floor(seconds / 60)}分${seconds % 60}秒`;
}
