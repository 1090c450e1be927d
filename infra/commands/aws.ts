import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { WRONG_USE } from '@blog-aws-practice/checks/command-line.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import { rehearsalEnvironment } from '../rehearsal/environment.ts';
import { installPython, RehearsalError, venvProgram, which } from '../rehearsal/moto.ts';
import { rehearsalHome, runningRehearsal } from '../rehearsal/state.ts';

/** The AWS CLI's version that is fetched where the machine has none. */
const cliVersion = '1.45.11';
const pnpm = pnpmCommand();

const HELP = `使い方: pnpm aws <サービス> <操作> [オプション]

リハーサル用の AWS に、AWS CLI のコマンドをそのまま送ります。本物の AWS には届かず、料金もかかりません。
AWS CLI がこの機械になければ、初回だけ取り寄せます。

例:
  pnpm aws ec2 describe-vpcs
  pnpm aws ec2 create-vpc --cidr-block 10.0.0.0/16
  pnpm aws ec2 help                      AWS CLI 自身の説明（英語）`;

/** The AWS CLI: on PATH, else ours, fetched on first use. What it says goes to standard error: standard output is the CLI's. */
async function awsCli(): Promise<string> {
  const onPath = await which('aws');
  if (onPath !== null) return onPath;
  const ours = venvProgram(rehearsalHome, 'aws');
  if ((await which(ours)) !== null) return ours;
  if (await installPython(rehearsalHome, [`awscli==${cliVersion}`], (line) => console.error(line))) return ours;
  throw new RehearsalError(
    'AWS CLI を動かすには Python 3.10 以上が必要ですが、見つかりませんでした。https://www.python.org/downloads/ から Python を入れて、もう一度実行してください。',
  );
}

async function run(args: string[]): Promise<number> {
  if (args.length === 0 || args[0] === '--help' || args[0] === '-h') {
    console.log(HELP);
    return args.length === 0 ? WRONG_USE : 0;
  }
  const running = await runningRehearsal(rehearsalHome);
  if (!running) {
    throw new RehearsalError(
      `リハーサル用の AWS が動いていません。${pnpm} rehearse up で始めてから、もう一度実行してください。`,
    );
  }
  // Old versions of the CLI don't know AWS_ENDPOINT_URL; the option works with every one.
  const child = spawn(await awsCli(), ['--endpoint-url', running.endpoint, ...args], {
    env: { ...rehearsalEnvironment(running.endpoint), AWS_PAGER: '', AWS_CLI_AUTO_PROMPT: 'off' },
    stdio: 'inherit',
  });
  // Ctrl-C reaches the CLI too; this process waits for it to end.
  process.on('SIGINT', () => {});
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RehearsalError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
