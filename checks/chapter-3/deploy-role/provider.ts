import { defineCheck } from '../../check.ts';
import { GITHUB, githubProvider } from '../../find/identity-providers.ts';

/** For whom aws-actions/configure-aws-credentials asks GitHub for a token. */
export const AUDIENCE = 'sts.amazonaws.com';

export default defineCheck({
  title: 'AWS が GitHub Actions の身分証を知っている',
  why: 'ID プロバイダは「この発行元の身分証なら調べてよい」という登録です。これがないと、鍵を置かずに GitHub から AWS へ入ることはできません。',
  read: async (world) => ({ provider: await githubProvider(world) }),
  judge: ({ provider }) => {
    if (!provider) return { status: 'fail', evidence: `${GITHUB} の ID プロバイダが、このアカウントにありません。` };
    const resources = [provider];
    const { url, audiences } = provider.properties;
    if (url !== GITHUB) {
      return {
        status: 'fail',
        evidence: `ID プロバイダの URL が https://${url} です。`,
        expected: `URL が https://${GITHUB}（後ろに何も付けない）`,
        resources,
      };
    }
    if (!audiences.includes(AUDIENCE)) {
      return {
        status: 'fail',
        evidence: `ID プロバイダの対象者（audience）が ${audiences.join('、') || 'なし'} です。`,
        expected: `対象者に ${AUDIENCE} がある`,
        resources,
        fix: {
          cli: `aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${provider.arn} --client-id ${AUDIENCE}`,
        },
      };
    }
    return { status: 'pass', evidence: provider.arn ?? url, resources };
  },
  fix: {
    console: `「IAM」>「ID プロバイダ」>「プロバイダを追加」で OpenID Connect を選び、URL に https://${GITHUB}、対象者に ${AUDIENCE} を入れます。`,
    cli: `aws iam create-open-id-connect-provider --url https://${GITHUB} --client-id-list ${AUDIENCE}`,
    cdk: 'infra/constructs/deploy-role.ts の iam.OidcProviderNative です。',
  },
  console: 'iam/home#/identity_providers',
  doc: 'chapters/chapter-3/01-deploy-role.md#id-プロバイダ',
});
