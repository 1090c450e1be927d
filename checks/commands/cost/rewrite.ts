import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pricing } from '@aws-sdk/client-pricing';
import writeFileAtomic from 'write-file-atomic';
import { root } from '../../paths.ts';
import { pnpmCommand } from '../../pnpm-command.ts';
import { LookError, lookFailure } from '../../ports/look-error.ts';
import { explainer } from '../../unknown.ts';
import { type Prices, type Refreshed, refreshed } from './refresh.ts';

/** The price list answers in few regions; this one knows the prices of all. */
const REGION = 'us-east-1';

/**
 * `pnpm cost --refresh`: writes AWS's current prices into `prices.json` and says what changed.
 * @param today e.g. `2026-11-23`
 * @returns the exit code: 0 where it is written, 2 where the list couldn't be asked
 */
export async function rewritePrices(today: string): Promise<number> {
  if (process.env.AWS_ENDPOINT_URL !== undefined && process.env.AWS_ENDPOINT_URL_PRICING === undefined) {
    console.error(
      'AWS_ENDPOINT_URL が設定されています。料金表は本物の AWS にしかないので、この環境変数を外してから、もう一度実行してください。',
    );
    return 2;
  }
  const file = process.env.BLOG_AWS_PRACTICE_PRICES ?? join(root, 'checks', 'prices.json');
  const client = new Pricing({ region: REGION });
  try {
    const { prices, came } = await refreshed(client, JSON.parse(await readFile(file, 'utf8')) as Prices, today);
    await writeFileAtomic(file, `${JSON.stringify(prices, null, 2)}\n`);
    console.log(inWords(came).join('\n'));
    return 0;
  } catch (error) {
    const failure = lookFailure('aws', 'pricing:GetProducts', error);
    console.error(explainer(false)(new LookError(failure, { cause: error }), 'cost').sentence);
    return 2;
  } finally {
    client.destroy();
  }
}

function inWords(came: Refreshed[]): string[] {
  const changed = came.filter(({ before, after }) => after !== null && after !== before);
  const kept = came.filter(({ after }) => after === null);
  const same = came.length - changed.length - kept.length;
  return [
    `AWS の料金表で${came.length}個の値段を調べ、checks/prices.json に書きました。`,
    ...changed.map(({ name, before, after }) => `  変わりました: ${name} $${before} → $${String(after)}`),
    `  変わらず: ${same}個`,
    ...(kept.length > 0 ? [`  料金表で1つに決まらず、前の値段のまま: ${kept.map(({ name }) => name).join('、')}`] : []),
    ...(changed.length > 0 ? [`本文に書いた料金も変わります。${pnpmCommand()} test が、直すところを指します。`] : []),
  ];
}
