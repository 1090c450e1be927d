import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { discover } from '@blog-aws-practice/checks/discover.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { confirm } from '@inquirer/prompts';
import { names } from '../../blueprint.ts';
import { CommandError } from '../command.ts';
import { clientOf, openTarget, type Target } from '../target.ts';
import { typeName } from '../type-names.ts';
import { type Assembly, repositoryToCome, steps, synthesize } from './assembly.ts';
import { builtByHand } from './by-hand.ts';
import { deploy, diff } from './cdk.ts';
import { certificateInUse, issuedCertificate } from './certificate.ts';
import { costInWords } from './cost.ts';
import { increments, missingInShort, missingInWords } from './explain.ts';
import { fillDatabase } from './fill-database.ts';
import { gitHub } from './github.ts';
import { chooseImage, type ImageChoice, pushImage } from './image.ts';
import { rehearsalValues } from './rehearsal-values.ts';
import { type Member, members, tellEvents } from './stack.ts';
import { giveSupabaseUrl } from './supabase-url.ts';

export interface Options {
  rehearsal?: true;
  prefix?: string;
  yes?: true;
  explain?: true;
  domain?: string;
  supabaseUrl?: string;
  context?: string[];
}

const pnpm = pnpmCommand();
const say = (line: string) => console.log(line);

/** Steps that need something which CloudFormation can't make. */
const registryStep = 'chapter-2/registry';
const certificateStep = 'chapter-2/load-balancer';
const imageStep = 'chapter-2/service';
const githubStep = 'chapter-3/deploy-role';
/** Stands for a certificate that isn't requested yet, while we only look what would change. */
const certificateToCome = 'arn:aws:acm:ap-northeast-1:000000000000:certificate/to-be-requested';

/**
 * `pnpm solve`: builds the environment up to a step, after it has shown what changes and for how much.
 *
 * @returns the exit code: 0 where it is built (or nothing had to change), 1 where it stopped
 */
export async function solve(chapter: string, step: string | undefined, options: Options): Promise<number> {
  const until = stepOf(chapter, step);
  const context = contextOf(options, until);
  const target = await openTarget({ rehearsal: options.rehearsal === true, prefix: options.prefix ?? '' });
  const directory = await mkdtemp(join(tmpdir(), 'blog-aws-practice-'));
  try {
    const values = target.rehearsal ? await rehearsalValues(target.world) : {};
    return await new Solution({ ...values, ...context }, options, target, directory).run();
  } finally {
    target.close();
    await rm(directory, { recursive: true, force: true });
  }
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

/** One run, from looking to building. */
class Solution {
  readonly #options: Options;
  readonly #target: Target;
  readonly #directory: string;
  readonly #client: CloudFormation;
  readonly #steps = steps();
  #context: Context;

  constructor(context: Context, options: Options, target: Target, directory: string) {
    this.#context = context;
    this.#options = options;
    this.#target = target;
    this.#directory = directory;
    this.#client = clientOf(target, CloudFormation);
  }

  async run(): Promise<number> {
    const { rehearsal, account, region, world } = this.#target;
    say(rehearsal ? 'リハーサル用の AWS に作ります。' : `本物の AWS（アカウント ${account}、${region}）に作ります。`);
    const byHand = await builtByHand(world);
    if (byHand.length > 0) {
      say(stopForHandmade(this.#context.until, byHand, this.#options));
      return 1;
    }
    try {
      return await this.#solve();
    } finally {
      this.#client.destroy();
    }
  }

  async #solve(): Promise<number> {
    const { repository, stack } = names(this.#context.prefix ?? '');
    const deployed = (await members(this.#client, stack)) ?? [];
    await this.#reachWhatIsThere(deployed);
    const needsCertificate = this.#reaches(certificateStep) && this.#context.https !== 'cloudfront';
    const certificate =
      this.#context.certificateArn ?? (needsCertificate ? await certificateInUse(this.#target) : null);
    const image = this.#reaches(imageStep) ? await this.#imageOf(repository) : null;
    this.#give({ certificateArn: needsCertificate ? (certificate ?? certificateToCome) : null, image: image?.image });
    if (this.#reaches(githubStep)) {
      this.#context = { ...(await gitHub(this.#target.world, this.#context.repository)), ...this.#context };
    }

    say('何が変わるかを調べています…');
    const preview = await this.#synthesize();
    const difference = await diff(preview, this.#target);
    if (difference === null) {
      say('変更はありません。');
      return 0;
    }
    for (const line of await this.#missing(preview, deployed)) say(line);
    say(difference);
    say(costInWords(preview, deployed, this.#target.rehearsal));
    if (needsCertificate && !certificate) say('先に、HTTPS の証明書を ACM に申し込みます（無料です）。');
    if (image?.toPush) say(`途中で、サーバーのイメージ ${repository}:${image.image} をレジストリに登録します。`);
    if (!this.#options.yes && !(await agrees(this.#target.rehearsal))) {
      say('何も変えていません。');
      return 1;
    }
    if (needsCertificate && !certificate) {
      this.#give({ certificateArn: await issuedCertificate(this.#target, this.#options.domain, say) });
    }
    if (image) {
      // The service needs an image in the registry and Supabase's address in the secret: so first as far as these.
      const hasService = deployed.some(({ type }) => type === 'AWS::ECS::Service');
      if (!hasService && !(await this.#deploy(await this.#synthesize(registryStep)))) return 1;
      if (image.toPush) await pushImage(this.#target, repository, image.image, say);
      await giveSupabaseUrl(this.#target, this.#options.supabaseUrl, say);
    }
    if (!(await this.#deploy(await this.#synthesize()))) return 1;
    if (image && !(await fillDatabase(this.#target, say))) return 1;
    const flag = this.#target.rehearsal ? ' --rehearsal' : '';
    say(`できました。${pnpm} check ${this.#context.until.replace('/', ' ')}${flag} で確かめてください。`);
    return 0;
  }

  /** For who joins late: what of each step isn't there yet, before the difference is shown in the CDK's words. */
  async #missing(preview: Assembly, deployed: Member[]): Promise<string[]> {
    if (!this.#options.explain) return missingInShort(preview.resources, deployed);
    const last = this.#steps.indexOf(this.#context.until);
    const wanted = this.#steps.slice(0, last + 1);
    const made = await Promise.all(
      wanted.map(async (step) => ({ step, resources: (await this.#synthesize(step)).resources })),
    );
    const book = await discover(join(root, 'checks'), join(root, 'chapters'));
    const pages = new Map(
      book.chapters.flatMap(({ id, steps: inside }) => inside.map((step) => [`${id}/${step.id}`, step.page])),
    );
    return missingInWords(increments(made), deployed, (step) => pages.get(step) ?? null);
  }

  async #imageOf(repository: string): Promise<ImageChoice> {
    const { image } = this.#context;
    return image === undefined ? chooseImage(this.#target, repository) : { image, toPush: false };
  }

  #give(values: Record<string, string | null | undefined>): void {
    const given = Object.entries(values).filter((pair): pair is [string, string] => typeof pair[1] === 'string');
    this.#context = { ...this.#context, ...Object.fromEntries(given) };
  }

  #reaches(step: string): boolean {
    return this.#steps.indexOf(this.#context.until) >= this.#steps.indexOf(step);
  }

  #synthesize(until = this.#context.until): Promise<Assembly> {
    return synthesize({ ...this.#context, until }, join(this.#directory, crypto.randomUUID()));
  }

  /**
   * Where the stack already holds later steps than the one asked for, the run reaches that far: solving an early step
   * again never takes a later one away.
   */
  async #reachWhatIsThere(deployed: Member[]): Promise<void> {
    if (deployed.length === 0) return;
    const known = {
      certificateArn: certificateToCome,
      image: 'initial',
      repository: repositoryToCome,
      ...this.#context,
    };
    for (const until of this.#steps.slice(this.#steps.indexOf(this.#context.until))) {
      const { resources } = await synthesize({ ...known, until }, join(this.#directory, crypto.randomUUID()));
      if (deployed.some(({ logicalId }) => !(logicalId in resources))) continue;
      if (until !== this.#context.until) say(`${until} まで作られているので、そこまでを対象にします。`);
      this.#context = { ...this.#context, until };
      return;
    }
  }

  /** @returns whether it is deployed; where not, the reasons were told */
  async #deploy(assembly: Assembly): Promise<boolean> {
    const finished = new AbortController();
    let told = 0;
    const since = new Date(Date.now() - 1000);
    const events = tellEvents(this.#client, assembly.stackName, since, finished.signal, (line) => {
      told += 1;
      say(`  ${line}`);
    });
    try {
      say('作っています…');
      const run = await deploy(assembly, this.#target);
      finished.abort();
      await events;
      if (run.exitCode === 0) return true;
      if (told === 0) say(run.output.trim());
      say('作れませんでした。上の理由を直して、もう一度実行してください。');
      return false;
    } finally {
      finished.abort();
    }
  }
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
