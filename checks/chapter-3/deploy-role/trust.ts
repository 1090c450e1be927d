import { defineCheck, type Judgement } from '../../check.ts';
import { claim, deployRoles, githubTrust, mainDeployRole } from '../../find/deploy-roles.ts';
import { githubIdentity } from '../../find/github-identity.ts';
import { AUDIENCE } from './provider.ts';

export default defineCheck({
  title: 'デプロイ用のロールが、自分のリポジトリの、決めた環境だけを信じている',
  why: '信頼ポリシーが広いと、知らない人のリポジトリの Actions から、このアカウントに入れてしまいます。狭すぎれば、自分も入れません。',
  needs: ['chapter-3/deploy-role/provider'],
  read: async (world) => {
    const [roles, identity] = await Promise.all([deployRoles(world), githubIdentity(world)]);
    return { role: mainDeployRole(roles, world), identity };
  },
  judge: ({ role, identity }): Judgement => {
    if (!role) return { status: 'fail', evidence: 'GitHub の身分証を信じるロールがありません。' };
    const resources = [role];
    const fail = (evidence: string, expected?: string): Judgement => ({
      status: 'fail',
      evidence: `ロール ${role.id} の信頼ポリシー: ${evidence}`,
      ...(expected && { expected }),
      resources,
    });
    const statements = githubTrust(role);
    if (statements.length === 0) return fail('GitHub を許す文がありません。');
    for (const statement of statements) {
      if (!statement.actions.some((action) => action.toLowerCase() === 'sts:assumerolewithwebidentity')) {
        return fail(
          `操作が ${statement.actions.join('、') || 'なし'} です。`,
          '操作が sts:AssumeRoleWithWebIdentity である',
        );
      }
      const audiences = claim(statement, 'aud').flatMap(({ values }) => values);
      if (audiences.length === 0) return fail('対象者（aud）の条件がありません。', `aud が ${AUDIENCE} に限られている`);
      if (audiences.some((audience) => audience !== AUDIENCE)) {
        return fail(`aud の条件が ${audiences.join('、')} です。`, `aud が ${AUDIENCE} に限られている`);
      }
      const said = claim(statement, 'sub');
      const subjects = said.flatMap(({ values }) => values);
      if (subjects.length === 0) {
        return fail(
          'だれの実行か（sub）の条件がありません。GitHub のどのリポジトリからでも入れます。',
          '自分のリポジトリと環境だけに限られている',
        );
      }
      const odd = said.find(({ operator }) => !/^(ForAnyValue:)?String(Equals|Like)$/i.test(operator));
      if (odd) {
        return fail(
          `sub を ${odd.operator} で比べています。これでは、限ったことになりません。`,
          'StringEquals で比べている',
        );
      }
      const patterns = said.filter(({ operator }) => /Like$/i.test(operator)).flatMap(({ values }) => values);
      const wide = patterns.find((pattern) => tooWide(pattern));
      if (wide) return fail(`sub の条件 ${wide} に * があり、自分の決めた環境のほかからも入れます。`, '* を使わない');
      const literal = said
        .filter(({ operator }) => /Equals$/i.test(operator))
        .flatMap(({ values }) => values)
        .find((value) => /[*?]/.test(value));
      if (literal)
        return fail(`sub の条件 ${literal} は StringEquals なので、* は文字そのものです。だれも入れません。`);
      const foreign = identity.repository && subjects.find((subject) => !isOwn(subject, identity.repository ?? ''));
      if (foreign) {
        return fail(`sub の条件 ${foreign} は、自分のリポジトリ ${identity.repository} ではありません。`);
      }
      const wrongId =
        identity.withIds &&
        subjects.find((subject) => subject.includes('@') && !subject.startsWith(`repo:${identity.withIds}:`));
      if (wrongId) {
        return fail(
          `sub の条件 ${wrongId} の ID が、自分のリポジトリのもの（${identity.withIds}）ではありません。`,
          `repo:${identity.withIds}:environment:環境の名前`,
        );
      }
    }
    const all = statements.flatMap((one) => claim(one, 'sub').flatMap(({ values }) => values));
    const noEnvironment = all.find((subject) => !/:environment:(production|development)$/.test(subject));
    if (noEnvironment) {
      return fail(
        `sub の条件 ${noEnvironment} が、ワークフローの環境（production か development）ではありません。`,
        'repo:…:environment:production の形で終わっている',
      );
    }
    if (!all.some((subject) => subject.includes('@'))) {
      return fail(
        `sub の条件が、2026年7月15日より前のリポジトリの形（${all[0]}）だけです。新しいリポジトリは ID の付いた形を送るので、入れません。`,
        `repo:${identity.withIds ?? '所有者@ID/リポジトリ@ID'}:environment:… も並んでいる`,
      );
    }
    const evidence = all.join('、');
    return identity.withIds
      ? { status: 'pass', evidence, resources }
      : {
          status: 'pass',
          evidence,
          advice: 'gh でサインインしていないので、ID が自分のリポジトリのものかどうかは見ていません。',
          resources,
        };
  },
  fix: {
    console:
      '「IAM」>「ロール」で選び、「信頼関係」>「信頼ポリシーを編集」で、Condition の StringEquals に aud（sts.amazonaws.com）と sub（自分のリポジトリと環境）を書きます。',
    cli: 'aws iam update-assume-role-policy --role-name <ロール> --policy-document file://trust.json',
    cdk: 'infra/constructs/deploy-role.ts の iam.WebIdentityPrincipal です。値は parameters.ts の repository と githubEnvironment です。',
  },
  console: 'iam/home#/roles',
  doc: 'chapters/chapter-3/01-deploy-role.md#信頼ポリシー',
});

/** Whether a pattern lets in more than one repository or more than one environment. */
function tooWide(pattern: string): boolean {
  return /[*?]/.test(pattern);
}

/** Whether a subject names the repository, in either form; GitHub's names know no case. */
function isOwn(subject: string, repository: string): boolean {
  const named = /^repo:([^:]+):/.exec(subject)?.[1] ?? '';
  return named.replaceAll(/@\d+/g, '').toLowerCase() === repository.toLowerCase();
}
