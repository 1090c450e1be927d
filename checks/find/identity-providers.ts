import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Host of GitHub Actions' identity provider, as it stands in ARNs and in conditions. */
export const GITHUB = 'token.actions.githubusercontent.com';

export interface IdentityProvider {
  /** As it was registered, without `https://`, e.g. `token.actions.githubusercontent.com`. */
  url: string;
  /** For whom its tokens are meant (client ids). */
  audiences: string[];
}

/** The OIDC identity providers that the account knows. Their id is their URL; an account holds each URL once. */
export async function identityProviders(world: World): Promise<Resource<IdentityProvider>[]> {
  const { iam } = world.aws;
  const [{ OpenIDConnectProviderList = [] }, stack] = await Promise.all([
    iam.listOpenIDConnectProviders({}),
    workbookStack(world),
  ]);
  return Promise.all(
    OpenIDConnectProviderList.map(async ({ Arn = '' }) => {
      const { Url = '', ClientIDList = [] } = await iam.getOpenIDConnectProvider({ OpenIDConnectProviderArn: Arn });
      const url = Url.replace(/^https:\/\//, '');
      return {
        type: 'AWS::IAM::OIDCProvider',
        id: url,
        arn: Arn,
        name: null,
        parent: null,
        relations: {},
        origin: stack.origin(Arn),
        properties: { url, audiences: ClientIDList },
      };
    }),
  );
}

/** GitHub's provider, whatever follows its host by mistake; null where there is none. */
export async function githubProvider(world: World): Promise<Resource<IdentityProvider> | null> {
  const found = (await identityProviders(world)).filter(({ id }) => id.toLowerCase().startsWith(GITHUB));
  return found.find(({ id }) => id === GITHUB) ?? found[0] ?? null;
}
