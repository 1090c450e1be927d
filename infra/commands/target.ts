import { open } from '@blog-aws-practice/checks/open.ts';
import { root, state } from '@blog-aws-practice/checks/paths.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { rehearsalEnvironment } from '../rehearsal/environment.ts';
import { rehearsalHome, runningRehearsal } from '../rehearsal/state.ts';
import { CommandError } from './command.ts';

/** The AWS that a command is about to change. */
export interface Target {
  rehearsal: boolean;
  account: string;
  region: string;
  /** For the programs that do the work (CDK, SDK): names this AWS and no other. */
  environment: NodeJS.ProcessEnv;
  /** Looks at it; finders work with it. What was looked at once stays so. */
  world: World;
  /** Looks at it anew, at what may have changed in the meantime. */
  fresh: <Result>(look: (world: World) => Promise<Result>) => Promise<Result>;
  close: () => void;
}

/**
 * Opens the AWS that is meant, and makes sure that it is: a rehearsal command never reaches real AWS, and a command that
 * costs money never takes a rehearsal for real.
 *
 * @throws CommandError where no rehearsal is up, where AWS can't be asked who we are, or where it is the other kind
 */
export async function openTarget({
  rehearsal,
  prefix,
  vpc = null,
}: {
  rehearsal: boolean;
  prefix: string;
  /** Of several environments the one in this VPC. */
  vpc?: string | null;
}): Promise<Target> {
  const pnpm = pnpmCommand();
  const running = await runningRehearsal(rehearsalHome);
  if (rehearsal && !running) {
    throw new CommandError(
      `リハーサル用の AWS が動いていません。${pnpm} rehearse up で始めてから、もう一度実行してください。`,
    );
  }
  const where = {
    root,
    local: state,
    rehearsal: rehearsal ? (running?.endpoint ?? null) : null,
    region: null,
    vpc,
    prefix,
    replay: null,
  };
  const opened = await open(where);
  try {
    const { Account = '', Arn = '' } = await opened.world.aws.sts.getCallerIdentity({});
    assertMeant(rehearsal, Arn, pnpm);
    const { region } = opened.world.choice;
    return {
      rehearsal,
      account: Account,
      region,
      environment:
        rehearsal && running ? rehearsalEnvironment(running.endpoint) : { ...process.env, AWS_REGION: region },
      world: opened.world,
      fresh: async (look) => {
        const again = await open(where);
        return look(again.world).finally(again.close);
      },
      close: opened.close,
    };
  } catch (error) {
    opened.close();
    if (error instanceof CommandError) throw error;
    throw new CommandError(
      explainer(running !== null)(error, 'solve').sentence.replace('確認できませんでした', '始められませんでした'),
      2,
    );
  }
}

/**
 * An SDK client for the AWS that is meant.
 *
 * @param more settings of its own
 */
export function clientOf<Client>(
  { rehearsal, region, environment: { AWS_ENDPOINT_URL } }: Target,
  Class: new (config: object) => Client,
  more: object = {},
): Client {
  return new Class({
    ...more,
    region,
    ...(rehearsal && { endpoint: AWS_ENDPOINT_URL, credentials: REHEARSAL_CREDENTIALS }),
  });
}

/** moto says of everybody that they are `:user/moto`; nobody at AWS is called so by accident. */
function assertMeant(rehearsal: boolean, arn: string, pnpm: string): void {
  const isMoto = arn.endsWith(':user/moto');
  if (rehearsal && !isMoto) {
    throw new CommandError(
      `--rehearsal が付いていますが、つながった先は本物の AWS（${arn}）です。何も変えずに終わりました。${pnpm} rehearse down と up でリハーサルを始め直してください。`,
    );
  }
  if (!rehearsal && isMoto) {
    throw new CommandError(
      'AWS_ENDPOINT_URL がリハーサル用の AWS を指しています。何も変えずに終わりました。リハーサルで試すなら --rehearsal を付け、本物の AWS に作るなら環境変数 AWS_ENDPOINT_URL を外してください。',
    );
  }
}
