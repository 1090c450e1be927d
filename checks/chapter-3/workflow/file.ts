import { defineCheck, type Judgement } from '../../check.ts';
import { deployWorkflow } from '../../find/deploy-workflow.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

export default defineCheck({
  title: 'ワークフローが、鍵を置かずに、自分の環境へ公開する',
  why: 'ワークフローの1つの値が実物と違うだけで、push しても公開されません。しかも、わかるのは数分後です。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const [workflow, facts] = await Promise.all([deployWorkflow(world), mainServiceAndTask(world)]);
    return {
      workflow,
      region: world.choice.region,
      container: (facts && servingContainer(facts.task)?.name) ?? null,
      cluster: facts?.service.properties.cluster ?? null,
      service: facts?.service.id ?? null,
    };
  },
  judge: ({ workflow, region, container, cluster, service }): Judgement => {
    if (!workflow)
      return { status: 'fail', evidence: '.github/workflows に、ECS へ公開するワークフローがありません。' };
    const { path, broken, branches, idToken, environment, env, steps } = workflow;
    const fail = (evidence: string, expected?: string): Judgement => ({
      status: 'fail',
      evidence: `${path}: ${evidence}`,
      ...(expected && { expected }),
    });
    if (broken !== null) return fail(`YAML として読めません（${broken.split('\n')[0]}）。`);
    if (!branches.includes('main')) {
      return fail(`push で動くブランチが ${branches.join('、') || 'なし'} です。`, 'main への push で動く');
    }
    const credentials = steps.find(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
    if (!credentials) return fail('AWS に入る手順（aws-actions/configure-aws-credentials）がありません。');
    const given = credentials.with;
    if (given['aws-access-key-id'] || given['aws-secret-access-key']) {
      return fail('アクセスキーで AWS に入っています。漏れると、消すまで使われ続けます。', 'role-to-assume で入る');
    }
    if (!idToken) {
      return fail('permissions に id-token: write がありません。身分証を頼めず、AWS に入れません。');
    }
    const role = inputOf(given['role-to-assume'], env);
    if (!role) return fail('role-to-assume がありません。');
    if (/arn:aws:iam::123456789012:/.test(role)) {
      return fail('role-to-assume が、リハーサルのロール（123456789012）です。', '環境の変数 AWS_ROLE_ARN を使う');
    }
    if (environment === null) {
      return fail('job に environment がありません。sub が環境の形にならず、ロールに断られます。');
    }
    if (!/production|development/.test(environment)) {
      return fail(`environment が ${environment} です。`, 'production か development');
    }
    const where = inputOf(given['aws-region'], env);
    if (where !== region && !where.includes('${{')) {
      return fail(`リージョンが ${where || '空'} です。`, region);
    }
    const wrong = (
      [
        ['コンテナ', 'CONTAINER_NAME', container],
        ['クラスター', 'ECS_CLUSTER', cluster],
        ['サービス', 'ECS_SERVICE', service],
      ] as const
    ).find(([, name, real]) => real !== null && env[name] && !env[name].includes('${{') && env[name] !== real);
    if (wrong) {
      const [words, name, real] = wrong;
      return fail(`${words}の名前（${name}）が ${env[name]} です。動いているのは ${real} です。`, real ?? '');
    }
    const build = steps.find(({ uses }) => uses?.startsWith('docker/build-push-action@'));
    const platforms = build?.with.platforms ?? 'linux/amd64';
    if (platforms !== 'linux/amd64') return fail(`イメージを ${platforms} 用に作っています。`, 'linux/amd64');
    const moving = steps.find(({ run, with: inputs }) => /:latest\b/.test(`${run} ${inputs.tags ?? ''}`));
    if (moving) return fail(`「${moving.name}」が、動くタグ latest を使っています。`, 'コミットの SHA をタグにする');
    if (
      !steps.some(
        ({ run, with: inputs }) => /release\.ts deploy/.test(run) || inputs['wait-for-service-stability'] === 'true',
      )
    ) {
      return fail('デプロイが終わるのを待っていません。失敗しても、実行は成功して見えます。');
    }
    const loose = steps.flatMap(({ uses }) => (uses && !/@[0-9a-f]{40}$/.test(uses) ? [uses] : []));
    const advice = [
      ...(loose.length > 0 ? [`${loose.join('、')} は、コミットの SHA で固定すると、中身がすり替わりません。`] : []),
      ...(workflow.paths.length === 0 ? ['paths がないので、本文を直しただけでも公開されます。'] : []),
      ...(workflow.concurrency ? [] : ['concurrency がないので、2つの公開が重なることがあります。']),
    ].join('');
    return { status: 'pass', evidence: path, ...(advice && { advice }) };
  },
  fix: {
    console: 'この本の .github/workflows/deploy-server.yml を、自分のリポジトリの main ブランチに置きます。',
    cli: 'git diff upstream/main -- .github/workflows/deploy-server.yml',
    cdk: 'ワークフローは GitHub のもので、CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-3/02-workflow.md#1行ずつ読む',
});

/** What an input comes to, where it takes a variable of the workflow's own, e.g. `${{ env.AWS_REGION }}`. */
function inputOf(input: string | undefined, env: Record<string, string>): string {
  const name = /^\$\{\{\s*env\.(\w+)\s*\}\}$/.exec(input ?? '')?.[1];
  return (name ? env[name] : input) ?? '';
}
