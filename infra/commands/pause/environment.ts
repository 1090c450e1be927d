import { setTimeout as sleep } from 'node:timers/promises';
import { vpcs } from '@blog-aws-practice/checks/find/vpcs.ts';
import { place } from '@blog-aws-practice/checks/open.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { LookError } from '@blog-aws-practice/checks/ports/look-error.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { CommandError } from '../command.ts';
import { clientOf, openTarget, type Target } from '../target.ts';

/** Which AWS and environment, as the words of `pause` and `resume` say. */
export interface Which {
  rehearsal?: true;
  prefix?: string;
}

/** The environment that is paused or resumed. */
export interface Environment {
  target: Target;
  /** Under which it is remembered: ids of one AWS or account mean nothing in another. */
  key: string;
  /** Looks at AWS anew; what was looked at once stays so in a world. */
  fresh: <Result>(look: (world: World) => Promise<Result>) => Promise<Result>;
  /** An SDK client for this AWS and no other. */
  client: <Client extends { destroy: () => void }>(Class: new (config: object) => Client) => Client;
  close: () => void;
}

/**
 * Opens the environment that is meant; null where there is none.
 *
 * @throws CommandError where the AWS isn't the one that is meant, or where several environments may be meant
 */
export async function openEnvironment(which: Which): Promise<Environment | null> {
  const wanted = { rehearsal: which.rehearsal === true, prefix: which.prefix ?? '' };
  const target = await openTarget(wanted);
  const found = await vpcs(target.world);
  const [vpc, ...others] = found;
  if (!vpc || others.length > 0) {
    target.close();
    if (!vpc) return null;
    throw new CommandError(
      `対象になりうる VPC が複数あります（${found.map(({ id }) => id).join('、')}）。何も変えずに終わりました。${pnpmCommand()} check chapter-2${wanted.rehearsal ? ' --rehearsal' : ''} --vpc ID で1つを選んでから、もう一度実行してください。`,
    );
  }
  const { rehearsal, account, region } = target;
  const clients: { destroy: () => void }[] = [];
  return {
    target,
    key: [place({ rehearsal: rehearsal ? 'rehearsal' : null }), account, region, vpc.id].join(' '),
    fresh: target.fresh,
    client: (Class) => {
      const client = clientOf(target, Class);
      clients.push(client);
      return client;
    },
    close: () => {
      for (const client of clients) client.destroy();
      target.close();
    },
  };
}

/**
 * Does the work; what AWS refuses becomes one sentence.
 *
 * @throws CommandError
 */
export async function speaking(command: string, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof LookError) {
      throw new CommandError(explainer(false)(error, command).sentence, 2);
    }
    const { $metadata, name, message } = error as Error & { $metadata?: object };
    if ($metadata === undefined) throw error;
    throw new CommandError(
      `AWS が途中で断りました（${name}: ${message}）。元の状態は覚えているので、理由を取り除いてから、もう一度 ${pnpmCommand()} ${command} を実行すると続きから進みます。`,
    );
  }
}

/** So long AWS may take for one thing, in milliseconds. */
const PATIENCE = 30 * 60_000;

/**
 * Waits for a condition, telling each new state.
 *
 * @param look gives the state in words, or null once it is reached
 * @throws CommandError after half an hour
 */
export async function until(
  { target: { rehearsal } }: { target: Pick<Target, 'rehearsal'> },
  what: string,
  look: () => Promise<string | null>,
  say: (line: string) => void,
): Promise<void> {
  const began = Date.now();
  let told = '';
  for (;;) {
    const state = await look();
    if (state === null) return;
    if (state !== told) say(`  待っています: ${what}（いま: ${state}）`);
    told = state;
    if (Date.now() - began > PATIENCE) {
      throw new CommandError(
        `30分待ちましたが、${what}まで進みませんでした（いま: ${state}）。理由を確かめて、もう一度同じコマンドを実行すると続きから進みます。`,
      );
    }
    await sleep(rehearsal ? 500 : 5000);
  }
}
