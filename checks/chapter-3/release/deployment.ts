import { defineCheck, type Judgement } from '../../check.ts';
import { releases } from '../../find/releases.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
const GOING_ON = /^(PENDING|IN_PROGRESS|STOP_REQUESTED|ROLLBACK_REQUESTED|ROLLBACK_IN_PROGRESS)$/;

export default defineCheck({
  title: 'いちばん新しいデプロイが、最後まで成功している',
  why: '「安定した」と「デプロイが終わった」は別です。切り替えた直後に戻されていても、サービスは安定して見えます。',
  needs: ['chapter-2/service/service'],
  read: async (world) => ({ found: await releases(world) }),
  judge: ({ found }): Judgement => {
    const [newest] = found?.deployments ?? [];
    if (!newest) return { status: 'fail', evidence: 'この90日に、デプロイが1回もありません。' };
    const { status, reason } = newest;
    const said = `${status}${reason ? `: ${reason}` : ''}`;
    if (GOING_ON.test(status)) return { status: 'pending', evidence: `デプロイが進んでいます（${said}）。` };
    if (status === 'SUCCESSFUL') return { status: 'pass', evidence: said };
    return {
      status: 'fail',
      evidence: status.startsWith('ROLLBACK')
        ? `いちばん新しいデプロイは、失敗して前の版に戻されました（${said}）。`
        : `いちばん新しいデプロイは、途中で止められました（${said}）。`,
      expected: 'SUCCESSFUL で終わっている',
    };
  },
  fix: {
    console:
      'サービスの「デプロイ」タブで失敗したデプロイを開き、理由と、止まったタスクのログを読みます。直して、もう一度 push します。',
    cli: 'aws ecs list-service-deployments --cluster <クラスター> --service <サービス>',
    cdk: 'デプロイは CDK ではなく、ワークフローが始めます。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-3/03-release.md#最初の公開',
});
