import { ECR } from '@aws-sdk/client-ecr';
import { images } from '@blog-aws-practice/checks/find/images.ts';
import { allRepositories } from '@blog-aws-practice/checks/find/repositories.ts';
import { mainServiceAndTask } from '@blog-aws-practice/checks/find/services.ts';
import { servingContainer } from '@blog-aws-practice/checks/find/task-definitions.ts';
import { root } from '@blog-aws-practice/checks/paths.ts';
import { execa } from 'execa';
import { which } from '../../rehearsal/moto.ts';
import { CommandError } from '../command.ts';
import { putIndex } from '../rehearse/put-index.ts';
import { clientOf, type Target } from '../target.ts';

/** Where a service's image comes from: the one running, the newest one in the registry, or one still to be pushed. */
export interface ImageChoice {
  /** Tag or `sha256:…` digest. */
  image: string;
  /** Whether it has to be pushed, once the registry is there, before the service can be built. */
  toPush: boolean;
}

/**
 * The image that the service is to run: what it runs now (a deployment by the CDK never takes back what a release put
 * there), else the newest in the repository of this name, else a new one.
 */
export async function chooseImage(target: Target, repository: string): Promise<ImageChoice> {
  const running = await mainServiceAndTask(target.world);
  const reference = running && servingContainer(running.task)?.image;
  if (reference) return { image: versionOf(reference), toPush: false };
  const found = (await allRepositories(target.world)).find(({ id }) => id === repository);
  const [newest] = found ? await images(target.world, found) : [];
  if (newest) return { image: newest.properties.tags[0] ?? newest.properties.digest, toPush: false };
  return { image: target.rehearsal ? 'initial' : await commit(), toPush: true };
}

/** `…/name@sha256:…` → the digest, `…/name:tag` → the tag. */
function versionOf(reference: string): string {
  const [, digest] = reference.split('@');
  return digest ?? reference.slice(reference.lastIndexOf(':') + 1);
}

/** The commit that is checked out, shortened; a tag that says what is inside. */
async function commit(): Promise<string> {
  const { stdout, exitCode } = await execa('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: root, reject: false });
  return exitCode === 0 ? stdout.trim() : 'initial';
}

/**
 * Puts the image into the registry: built and pushed by Docker; in the rehearsal, whose registry holds no layers, its
 * index alone.
 *
 * @throws CommandError where there is no Docker, or where it fails
 */
export async function pushImage(
  target: Target,
  repository: string,
  tag: string,
  say: (line: string) => void,
): Promise<void> {
  const ecr = clientOf(target, ECR);
  try {
    if (target.rehearsal) {
      await putIndex(ecr, repository, tag);
      say(`イメージ ${repository}:${tag} の目録をリハーサルのレジストリに置きました。`);
    } else await buildAndPush(ecr, target, repository, tag, say);
  } finally {
    ecr.destroy();
  }
}

async function buildAndPush(
  ecr: ECR,
  { account, region }: Target,
  repository: string,
  tag: string,
  say: (line: string) => void,
): Promise<void> {
  const registry = `${account}.dkr.ecr.${region}.amazonaws.com`;
  const reference = `${registry}/${repository}:${tag}`;
  const docker = await which('docker');
  if (docker === null) {
    throw new CommandError(
      `レジストリまで作りました。この機械には Docker がないので、ここで止まりました。GitHub Actions などで ${reference} をプッシュしてから、もう一度同じコマンドを実行してください。`,
    );
  }
  say(`イメージ ${reference} を作っています（数分かかります）…`);
  await run(docker, ['build', '--platform', 'linux/amd64', '-f', 'app/server/Dockerfile', '-t', reference, '.']);
  const { authorizationData: [login] = [] } = await ecr.getAuthorizationToken({});
  const [user = '', password = ''] = Buffer.from(login?.authorizationToken ?? '', 'base64')
    .toString()
    .split(':');
  // By standard input, so that the password is in no list of processes.
  await run(docker, ['login', '--username', user, '--password-stdin', registry], password);
  say('イメージをプッシュしています…');
  await run(docker, ['push', reference]);
  say('イメージをプッシュしました。');
}

async function run(docker: string, args: string[], given?: string): Promise<void> {
  const { exitCode, all } = await execa(docker, args, {
    cwd: root,
    reject: false,
    all: true,
    ...(given === undefined ? { stdin: 'ignore' as const } : { input: given }),
  });
  if (exitCode === 0) return;
  const last = all.trim().split('\n').slice(-5).join('\n');
  throw new CommandError(
    `docker ${args[0]} が失敗しました。\n${last}\n直してから、もう一度同じコマンドを実行してください。`,
  );
}
