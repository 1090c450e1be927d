import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Every IAM role of the account by name alone; those that belong to AWS's services are left out. What one may do tells `role`. */
export async function roleNames(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ Roles = [] }, stack] = await Promise.all([world.aws.iam.listRoles({}), workbookStack(world)]);
  return Roles.filter(({ Path }) => !Path?.startsWith('/aws-service-role/') && !Path?.startsWith('/aws-reserved/')).map(
    ({ RoleName: id = '', Arn }) => ({
      type: 'AWS::IAM::Role',
      id,
      arn: Arn ?? null,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(id),
      properties: {},
    }),
  );
}

/** Names of the roles that AWS's services made for themselves: one for each service, for the whole account. */
export async function serviceRoleNames({ aws }: World): Promise<string[]> {
  const { Roles = [] } = await aws.iam.listRoles({});
  return Roles.flatMap(({ Path, RoleName }) => (Path?.startsWith('/aws-service-role/') && RoleName ? [RoleName] : []));
}
