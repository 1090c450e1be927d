import { type ChildProcess, spawn } from 'node:child_process';
import { access, constants, mkdir, open, rm } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { delimiter, isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import getPort from 'get-port';

/** The emulator's version that the rehearsal was proven with. */
export const motoVersion = '5.2.1';

const leash = fileURLToPath(new URL('../commands/start/leash.mjs', import.meta.url));
const isWindows = process.platform === 'win32';

/** Why there is no rehearsal, as one Japanese sentence for the learner. */
export class RehearsalError extends Error {
  override name = 'RehearsalError';
}

/** How to start moto: the command without port, and how it was found. */
export interface MotoCommand {
  command: string[];
  source: 'path' | 'venv' | 'container';
}

/** Where a program is on PATH (or whether it is there, where its whole path is given); null where it isn't. */
export async function which(program: string, path = process.env.PATH ?? ''): Promise<string | null> {
  if (isAbsolute(program)) return (await runs(program)) ? program : null;
  for (const folder of path.split(delimiter).filter(Boolean)) {
    const file = join(folder, isWindows ? `${program}.exe` : program);
    if (await runs(file)) return file;
  }
  return null;
}

async function runs(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Python's own programs inside our virtual environment, e.g. `moto_server`, `aws`. */
export function venvProgram(home: string, program: string): string {
  return join(home, 'venv', isWindows ? 'Scripts' : 'bin', isWindows ? `${program}.exe` : program);
}

async function python(): Promise<string | null> {
  for (const name of ['python3', 'python']) {
    const file = await which(name);
    if (file === null) continue;
    const { stdout, exitCode } = await execa(file, ['-c', 'import sys; print(sys.version_info[:2] >= (3, 10))'], {
      reject: false,
    });
    if (exitCode === 0 && stdout.trim() === 'True') return file;
  }
  return null;
}

/**
 * Puts Python packages into our virtual environment, which is made where it doesn't exist.
 *
 * @param say gets one Japanese sentence at the start and at the end
 * @returns false where no Python ≥ 3.10 is installed
 * @throws RehearsalError where the package index can't be reached or the packages don't install
 */
export async function installPython(home: string, packages: string[], say: (line: string) => void): Promise<boolean> {
  const interpreter = venvProgram(home, 'python');
  const began = performance.now();
  if (!(await runs(interpreter))) {
    const system = await python();
    if (system === null) return false;
    say('Python の仮想環境を .local/rehearsal/venv に作っています…');
    const made = await execa(system, ['-m', 'venv', join(home, 'venv')], { reject: false, all: true });
    if (made.exitCode !== 0) {
      await rm(join(home, 'venv'), { recursive: true, force: true });
      throw new RehearsalError(
        `Python の仮想環境を作れませんでした（python3 -m venv が終了コード ${made.exitCode}）。Debian や Ubuntu では sudo apt install python3-venv で venv を入れてから、もう一度実行してください。`,
      );
    }
  }
  say(`Python のパッケージ ${packages.join('、')} を取り寄せています（初回だけ、1分ほど）…`);
  const installed = await execa(
    interpreter,
    ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-input', ...packages],
    { reject: false, all: true },
  );
  if (installed.exitCode !== 0) {
    const reason = installed.all.trim().split('\n').at(-1) ?? '';
    throw new RehearsalError(
      `Python のパッケージ ${packages.join('、')} を入れられませんでした（${reason}）。ネットワークを確かめて（社内プロキシーなら環境変数 HTTPS_PROXY を設定して）、もう一度実行してください。`,
    );
  }
  say(`Python のパッケージを入れました（${Math.round((performance.now() - began) / 1000)}秒）。`);
  return true;
}

/**
 * Finds moto: on PATH, else in our virtual environment, into which it is fetched from Python's package index; where there
 * is no Python, its container image by Docker or Podman.
 *
 * @throws RehearsalError where none of them can be had
 */
export async function findMoto(home: string, say: (line: string) => void): Promise<MotoCommand> {
  const onPath = await which('moto_server');
  if (onPath !== null && (await execa(onPath, ['--help'], { reject: false })).exitCode === 0) {
    return { command: [onPath], source: 'path' };
  }
  const ours = venvProgram(home, 'moto_server');
  await mkdir(home, { recursive: true });
  if ((await runs(ours)) || (await installPython(home, [`moto[server]==${motoVersion}`], say))) {
    return { command: [ours], source: 'venv' };
  }
  for (const engine of ['docker', 'podman']) {
    const file = await which(engine);
    if (file === null || (await execa(file, ['info'], { reject: false })).exitCode !== 0) continue;
    say(`Python が見つからないので、コンテナイメージ motoserver/moto:${motoVersion} を ${engine} で動かします…`);
    return { command: [file], source: 'container' };
  }
  throw new RehearsalError(
    'リハーサル用の AWS を動かすには Python 3.10 以上（または Docker か Podman）が必要ですが、見つかりませんでした。https://www.python.org/downloads/ から Python を入れて、もう一度実行してください。',
  );
}

/** The environment of the emulator: nothing of the learner's own AWS configuration, and the settings the rehearsal needs. */
export function motoEnvironment(from: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(([name]) => !name.startsWith('AWS_') && !name.startsWith('MOTO_'));
  return { ...Object.fromEntries(kept), ...isolation, ...motoSettings };
}

/** Makes an AWS SDK or CLI see none of the learner's own configuration. */
export const isolation = {
  AWS_CONFIG_FILE: isWindows ? 'NUL' : '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: isWindows ? 'NUL' : '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
} as const;

const motoSettings = {
  MOTO_ACCOUNT_ID: '123456789012',
  MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
  // Seconds until a requested certificate is issued: long enough to be seen pending once.
  MOTO_ACM_VALIDATION_WAIT: '5',
  // Thousands of machine images that nobody here starts.
  MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
  AWS_DEFAULT_REGION: 'ap-northeast-1',
};

export interface Moto {
  port: number;
  pid: number;
  /** Resolves when moto has ended, whoever ended it. */
  ended: Promise<void>;
  stop: () => Promise<void>;
}

/**
 * Starts moto on a free port and waits until it answers. It ends with this process, also when this is killed.
 * Its own output goes to `moto.log` in `home`.
 *
 * @throws RehearsalError where it doesn't answer within a minute
 */
export async function startMoto({ command, source }: MotoCommand, home: string): Promise<Moto> {
  await mkdir(home, { recursive: true });
  const port = await getPort();
  const log = await open(join(home, 'moto.log'), 'w');
  const [program = '', ...rest] = command;
  const settings = Object.entries(motoSettings).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  const args =
    source === 'container'
      ? [
          ...rest,
          'run',
          '--rm',
          '--init',
          '-p',
          `127.0.0.1:${port}:5000`,
          ...settings,
          `motoserver/moto:${motoVersion}`,
          '-H',
          '0.0.0.0',
          '-p',
          '5000',
        ]
      : [...rest, '-H', '127.0.0.1', '-p', String(port)];
  const child = spawn(process.execPath, [leash, '2000', program, ...args], {
    env: motoEnvironment(process.env),
    stdio: ['pipe', log.fd, log.fd],
    detached: true,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await log.close();
  // The container engine may have to fetch the image first.
  const patience = source === 'container' ? 600_000 : 60_000;
  if (!(await answers(port, child, patience))) {
    child.kill('SIGTERM');
    await ended;
    throw new RehearsalError(
      `リハーサル用の AWS（moto）が起動しませんでした。${join(home, 'moto.log')} に理由が書かれています。pnpm rehearse up でもう一度試してください。`,
    );
  }
  const stop = async () => {
    child.stdin?.end();
    await ended;
  };
  return { port, pid: child.pid ?? 0, ended, stop };
}

async function answers(port: number, child: ChildProcess, patience: number): Promise<boolean> {
  const agent = new Agent();
  const until = performance.now() + patience;
  while (performance.now() < until && child.exitCode === null && child.signalCode === null) {
    const ok = await new Promise<boolean>((resolve) => {
      const call = request({ port, host: '127.0.0.1', path: '/moto-api/', agent }, (answer) => {
        answer.resume();
        resolve(answer.statusCode === 200);
      });
      call.on('error', () => resolve(false)).end();
    });
    if (ok) return true;
    await sleep(50);
  }
  return false;
}
