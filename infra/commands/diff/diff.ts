import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { httpsWay } from '@blog-aws-practice/checks/find/https-way.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { CommandError } from '../command.ts';
import { synthesize } from '../solve/assembly.ts';
import { openTarget } from '../target.ts';
import { built } from './built.ts';
import { planned } from './planned.ts';
import { type Compared, compare } from './sheet.ts';

export interface Options {
  rehearsal?: true;
  prefix?: string;
}

/** Where the CDK writes down what a step's page has one click. */
const SOURCES: Record<string, { title: string; file: string }> = {
  network: { title: 'ネットワーク', file: 'infra/constructs/network.ts' },
  'security-groups': { title: 'セキュリティグループ', file: 'infra/constructs/security-groups.ts' },
  database: { title: 'データベース', file: 'infra/constructs/database.ts' },
  registry: { title: 'レジストリ', file: 'infra/constructs/registry.ts' },
  'load-balancer': { title: 'ロードバランサー', file: 'infra/constructs/load-balancer.ts' },
  service: { title: 'サービス', file: 'infra/constructs/service.ts と task-definition.ts' },
};

/** Stands for a certificate: the comparison is not about which one. */
const ANY_CERTIFICATE = 'arn:aws:acm:ap-northeast-1:000000000000:certificate/any';

/**
 * `pnpm diff`: what was built by hand beside what the CDK would build. It only reads.
 *
 * @returns the exit code: 0 where both are the same, 1 where something differs or nothing is built
 */
export async function diff(chapter: string, step: string | undefined, options: Options): Promise<number> {
  assertKnown(chapter, step);
  const prefix = options.prefix ?? '';
  const target = await openTarget({ rehearsal: options.rehearsal === true, prefix });
  const directory = await mkdtemp(join(tmpdir(), 'blog-aws-practice-'));
  try {
    const [hand, way] = await Promise.all([built(target.world), httpsWay(target.world)]);
    const https: Record<string, string> = way === 'cloudfront' ? { https: way } : { certificateArn: ANY_CERTIFICATE };
    const assembly = await synthesize({ until: 'chapter-2', prefix, ...https }, directory);
    const all = compare(hand, planned(assembly)).filter((one) => step === undefined || one.step === step);
    console.log(inWords(all, options.rehearsal === true).join('\n'));
    return all.every((one) => one.hand === one.cdk) ? 0 : 1;
  } finally {
    target.close();
    await rm(directory, { recursive: true, force: true });
  }
}

function assertKnown(chapter: string, step: string | undefined): void {
  if (chapter !== 'chapter-2') {
    throw new CommandError(
      `「${chapter}」は比べられません。手で作るものがある chapter-2 を指定してください。`,
      WRONG_USE,
    );
  }
  if (step !== undefined && !(step in SOURCES)) {
    const steps = Object.keys(SOURCES).join('、');
    throw new CommandError(
      `「${step}」というステップは比べられません。${steps} のどれかを指定してください。`,
      WRONG_USE,
    );
  }
}

/** The comparison as it is printed: by step and part, what differs in full, what is the same in one line. */
export function inWords(all: Compared[], rehearsal: boolean): string[] {
  const different = all.filter(({ hand, cdk }) => hand !== cdk);
  const same = all.length - different.length;
  const steps = [...Map.groupBy(all, ({ step }) => step)].flatMap(([step, ofStep]) => {
    const { title, file } = SOURCES[step] ?? { title: step, file: '' };
    const parts = [...Map.groupBy(ofStep, ({ part }) => part)].flatMap(([part, rows]) => partInWords(part, rows));
    return ['', `${title}（CDK では ${file}）`, ...parts];
  });
  const flag = rehearsal ? ' --rehearsal' : '';
  return [
    'いまあるものと、この本の CDK が作るものを、1つずつ比べました（読むだけで、何も変えません）。名前は比べていません。',
    ...steps,
    '',
    all.every(({ hand }) => hand === null)
      ? 'まだ何も作っていません。ページの手順で作ってから、もう一度比べてください。'
      : different.length === 0
        ? `すべて同じです（${same}項目）。クリックで決めたことは、CDK でも同じ値で書かれています。`
        : `同じ ${same}項目、違う ${different.length}項目。違いは間違いとは限りません。正しいかどうかは ${pnpmCommand()} check chapter-2${flag} が見ます。`,
  ];
}

function partInWords(part: string, rows: Compared[]): string[] {
  if (rows.every(({ hand }) => hand === null)) return [`  − ${part}: まだありません`];
  if (rows.every(({ cdk }) => cdk === null)) return [`  ＋ ${part}: CDK は作りません`];
  const different = rows.filter(({ hand, cdk }) => hand !== cdk);
  const same = rows.filter(({ hand, cdk }) => hand === cdk);
  return [
    ...different.map(
      ({ property, hand, cdk }) =>
        `  ≠ ${part} の${property}: いまは「${hand ?? 'なし'}」、CDK なら「${cdk ?? 'なし'}」`,
    ),
    ...(same.length > 0
      ? [`  ＝ ${part}: ${same.map(({ property, cdk }) => `${property} ${cdk ?? ''}`).join(' / ')}`]
      : []),
  ];
}
