import { GITHUB, oidcProviders } from '../find/oidc-providers.ts';
import { roleNames } from '../find/role-names.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { tasks, usersOf } from './tasks.ts';
import { ownership } from './whose.ts';

const PROVIDER =
  'アカウントに1つだけ作れるもので、ほかのリポジトリのデプロイも使います。もう GitHub から AWS へデプロイしないなら削除できます。';
const CONSOLE_ROLE = 'ECS のコンソールがアカウントに1つだけ作るロールで、ほかのタスクも使います。';

/** IAM roles, and the OIDC provider by which GitHub Actions signs in. None of them costs. */
export async function leftIdentities(world: World): Promise<Left[]> {
  const [roles, providers, tasksOf, tell] = await Promise.all([
    roleNames(world),
    oidcProviders(world),
    tasks(world),
    ownership(world),
  ]);
  return [
    ...roles.map((one) => {
      const users = usersOf(tasksOf, ({ executionRole, taskRole }) => [executionRole, taskRole].includes(one.arn));
      return left(
        one,
        tell({ origin: one.origin, names: [one.id], users }),
        'IAM ロール',
        [`aws iam delete-role --role-name ${one.id}   # 先に、付いているポリシーを外します`],
        { keep: one.id === 'ecsTaskExecutionRole' ? CONSOLE_ROLE : null },
      );
    }),
    ...providers
      .filter(({ id }) => id === GITHUB)
      .map((one) =>
        left(
          one,
          one.origin === 'cdk' ? 'ours' : 'unclear',
          'OIDC プロバイダー',
          [`aws iam delete-open-id-connect-provider --open-id-connect-provider-arn ${one.arn}`],
          { keep: PROVIDER },
        ),
      ),
  ];
}
