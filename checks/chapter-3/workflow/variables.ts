import { defineCheck, type Judgement } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { deployRoles, mainDeployRole, trustedEnvironment } from '../../find/deploy-roles.ts';
import { originRepository } from '../../find/origin-repository.ts';
import { releasing } from '../../find/release-calls.ts';
import { LookError } from '../../ports/look-error.ts';

export default defineCheck({
  title: 'GitHub の環境の変数が、AWS にあるものと同じ',
  why: 'ワークフローは、公開先を環境の変数から読みます。空なら何もせずに終わり、違っていれば、断られるか、別の環境に出てしまいます。',
  needs: ['chapter-3/workflow/file', 'chapter-3/deploy-role/trust'],
  read: async (world) => {
    // No run of GitHub's ever comes into a rehearsal, and its roles trust whichever repository was given.
    if (await inRehearsal(world)) return null;
    const [{ repository }, roles, facts] = await Promise.all([
      originRepository(world),
      deployRoles(world),
      releasing(world),
    ]);
    const role = mainDeployRole(roles, world);
    const environment = trustedEnvironment(role) ?? 'production';
    const path = `repos/${repository}/environments/${environment}/variables?per_page=30`;
    const answer = repository === null ? null : await world.gh.api(path);
    if (answer?.reason) {
      const message = answer.reason === 'no-gh' ? 'gh is not installed' : 'gh is not signed in';
      throw new LookError({ port: 'gh', action: 'api', name: 'GhUnavailable', message, code: null, status: null });
    }
    const { variables = [] } = (answer?.body ?? {}) as { variables?: { name: string; value: string }[] };
    return {
      repository,
      environment,
      status: answer?.status ?? null,
      set: Object.fromEntries(variables.map(({ name, value }) => [name, value])),
      real: {
        AWS_ROLE_ARN: role?.arn ?? '',
        ECR_REPOSITORY: facts?.repository ?? '',
        ECS_CLUSTER: facts?.service.properties.cluster ?? '',
        ECS_SERVICE: facts?.service.id ?? '',
      },
    };
  },
  judge: (facts): Judgement => {
    if (!facts) {
      return {
        status: 'pass',
        evidence: 'リハーサルには、GitHub から公開しません。',
        advice: 'リハーサルでは見ていません。本物の AWS に公開する前に、--rehearsal を付けずに確かめてください。',
      };
    }
    const { repository, environment, status, set, real } = facts;
    if (repository === null) return { status: 'fail', evidence: 'origin が GitHub を指していません。' };
    if (status !== 200) {
      return {
        status: 'fail',
        evidence: `${repository} に、環境 ${environment} がないか、読めません（HTTP ${status}）。`,
        expected: `環境 ${environment} がある`,
      };
    }
    const cli = (names: string[]) =>
      names.map((name) => `gh variable set ${name} --env ${environment} --body ${Reflect.get(real, name)}`).join('\n');
    const missing = Object.keys(real).filter((name) => !set[name]);
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `環境 ${environment} に、変数 ${missing.join('、')} がありません。`,
        fix: { cli: cli(missing) },
      };
    }
    const wrong = Object.entries(real).filter(([name, value]) => set[name] !== value);
    if (wrong.length > 0) {
      return {
        status: 'fail',
        evidence: wrong
          .map(([name, value]) => `変数 ${name} は ${set[name]} ですが、AWS にあるのは ${value} です。`)
          .join(''),
        fix: { cli: cli(wrong.map(([name]) => name)) },
      };
    }
    return { status: 'pass', evidence: `環境 ${environment}: ${Object.keys(real).join('、')}` };
  },
  fix: {
    console:
      'GitHub のリポジトリの「Settings」>「Environments」で production を作り、「Environment variables」に4つの変数を入れます。',
    cli: 'gh variable set ECS_CLUSTER --env production --body <クラスター>',
    cdk: 'GitHub の設定は CDK では作りません。ロールの ARN は、スタックの出力 DeployRoleArn に出ます。',
  },
  console: null,
  doc: 'chapters/chapter-3/02-workflow.md#環境の変数',
});
