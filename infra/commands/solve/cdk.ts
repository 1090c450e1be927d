import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { CommandError } from '../command.ts';
import type { Target } from '../target.ts';
import type { Assembly } from './assembly.ts';

const cli = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
const infra = fileURLToPath(new URL('../..', import.meta.url));

/** What the CDK's CLI said, and how it ended. */
export interface CdkRun {
  output: string;
  exitCode: number;
}

/** Runs the CDK's CLI on an assembly; it sees only the AWS that is meant. */
async function cdk(args: string[], { directory }: Assembly, target: Target): Promise<CdkRun> {
  const color = process.stdout.isTTY && process.stdout.hasColors() && !process.env.NO_COLOR;
  const { all, exitCode } = await execa(
    process.execPath,
    [cli, ...args, '--app', directory, '--no-notices', ...(color ? [] : ['--no-color'])],
    {
      cwd: infra,
      env: { ...target.environment, CDK_DISABLE_VERSION_CHECK: '1', CDK_DISABLE_CLI_TELEMETRY: 'true' },
      extendEnv: false,
      all: true,
      reject: false,
      stdin: 'ignore',
    },
  );
  return { output: all, exitCode: exitCode ?? 1 };
}

/** Lines that tell of the CDK's own doings, not of the difference. */
const chatter = /^(start|success): |^Hold on while|^✨|^Number of stacks|^\s*$|creating CloudFormation changeset/;

/**
 * What would change, as `cdk diff` shows it; null where nothing would.
 *
 * @throws CommandError with the CDK's words where it can't tell
 */
export async function diff(assembly: Assembly, target: Target): Promise<string | null> {
  const { output, exitCode } = await cdk(['diff'], assembly, target);
  if (exitCode !== 0)
    throw new CommandError(`変更の内容を調べられませんでした。CDK は次のように言っています。\n${output.trim()}`);
  const lines = output.split('\n').filter((line) => !chatter.test(line));
  if (lines.some((line) => line.includes('There were no differences'))) return null;
  return lines.join('\n');
}

export function deploy(assembly: Assembly, target: Target): Promise<CdkRun> {
  return cdk(['deploy', '--require-approval', 'never', '--progress', 'events'], assembly, target);
}
