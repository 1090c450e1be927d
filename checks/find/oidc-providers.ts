import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Who signs GitHub Actions' tokens. An account has at most one provider of an address. */
export const GITHUB = 'token.actions.githubusercontent.com';

/** The account's OIDC providers. Their id is their address, e.g. `token.actions.githubusercontent.com`. */
export async function oidcProviders(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ OpenIDConnectProviderList = [] }, stack] = await Promise.all([
    world.aws.iam.listOpenIDConnectProviders({}),
    workbookStack(world),
  ]);
  return OpenIDConnectProviderList.map(({ Arn = '' }) => ({
    type: 'AWS::IAM::OIDCProvider',
    id: Arn.split('oidc-provider/')[1] ?? Arn,
    arn: Arn,
    name: null,
    parent: null,
    relations: {},
    origin: stack.origin(Arn),
    properties: {},
  }));
}
