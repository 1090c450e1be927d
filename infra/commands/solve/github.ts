import { claim, deployRoles, githubTrust, mainDeployRole } from '@blog-aws-practice/checks/find/deploy-roles.ts';
import { githubProvider } from '@blog-aws-practice/checks/find/identity-providers.ts';
import { originRepository } from '@blog-aws-practice/checks/find/origin-repository.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { z } from 'zod';
import { CommandError } from '../command.ts';

/** The parameters of the CDK that say whose releases come in. */
export interface GitHub {
  /** `OWNER@OWNER_ID/NAME@REPOSITORY_ID` */
  repository: string;
  oidcProvider: 'create' | 'existing';
}

const answer = z.object({ id: z.number(), name: z.string(), owner: z.object({ id: z.number(), login: z.string() }) });

/**
 * Whose releases the environment is to trust: as it does already, else the repository to which this folder pushes, with
 * the ids that GitHub knows it by; and whether the account knows GitHub already.
 *
 * @param given the repository, where the learner gave one
 * @throws CommandError where it can't be told
 */
export async function gitHub(world: World, given: string | undefined): Promise<GitHub> {
  const provider = await githubProvider(world);
  return {
    repository: given ?? (await trusted(world)) ?? (await origin(world)),
    oidcProvider: provider === null || provider.origin === 'cdk' ? 'create' : 'existing',
  };
}

/** The repository that the stack's own role trusts now; null before there is one. */
async function trusted(world: World): Promise<string | null> {
  const role = mainDeployRole(await deployRoles(world), world);
  if (role?.origin !== 'cdk') return null;
  const subjects = githubTrust(role).flatMap((statement) => claim(statement, 'sub').flatMap(({ values }) => values));
  return subjects.flatMap((subject) => /^repo:([^:]+@\d+):/.exec(subject)?.[1] ?? [])[0] ?? null;
}

async function origin(world: World): Promise<string> {
  const { repository } = await originRepository(world);
  if (repository === null) {
    throw unknown('このフォルダーの origin は GitHub を指していません');
  }
  const { status, body, reason } = await world.gh.api(`repos/${repository}`);
  if (reason === 'no-gh') throw unknown('GitHub CLI（gh）が見つかりません');
  if (reason === 'signed-out') throw unknown('GitHub CLI（gh）がサインインしていません');
  const parsed = answer.safeParse(body);
  if (status !== 200 || !parsed.success) throw unknown(`GitHub は ${repository} について ${status} と答えました`);
  const { id, name, owner } = parsed.data;
  return `${owner.login}@${owner.id}/${name}@${id}`;
}

function unknown(reason: string): CommandError {
  return new CommandError(
    `どの GitHub リポジトリからの公開を信じるかがわかりません（${reason}）。-c repository=所有者@所有者のID/リポジトリ@リポジトリのID を付けて、もう一度実行してください。ID は gh api repos/所有者/リポジトリ --jq '.owner.id, .id' で調べられます。`,
  );
}
