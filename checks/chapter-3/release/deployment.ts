import { defineCheck, type Fix, type Judgement } from '../../check.ts';
import { type FailedRelease, failedRelease } from '../../find/failed-release.ts';
import { releases } from '../../find/releases.ts';
import { endedItself } from '../../find/stopped-tasks.ts';

/** https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ServiceDeploymentBrief.html */
const GOING_ON = /^(PENDING|IN_PROGRESS|STOP_REQUESTED|ROLLBACK_REQUESTED|ROLLBACK_IN_PROGRESS)$/;

export default defineCheck({
  title: 'いちばん新しいデプロイが、最後まで成功している',
  why: '「安定した」と「デプロイが終わった」は別です。切り替えた直後に戻されていても、サービスは安定して見えます。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const [found, failed] = await Promise.all([releases(world), failedRelease(world)]);
    return { found, failed };
  },
  judge: ({ found, failed }): Judgement => {
    const [newest] = found?.deployments ?? [];
    if (!newest) return { status: 'fail', evidence: 'この90日に、デプロイが1回もありません。' };
    const cause = failed && causeOf(failed);
    if (failed?.stage === 'migration') {
      return {
        status: 'fail',
        evidence: `いちばん新しい公開は、サービスに届く前に止まりました。${cause?.seen}前の版が動き続けています。`,
        expected: 'マイグレーションが終わり、デプロイが SUCCESSFUL で終わっている',
        fix: cause?.fix ?? {},
      };
    }
    const { status, reason } = newest;
    const said = `${status}${reason ? `: ${reason}` : ''}`;
    const seen = cause?.seen ?? '';
    if (GOING_ON.test(status)) return { status: 'pending', evidence: `デプロイが進んでいます（${said}）。${seen}` };
    if (status === 'SUCCESSFUL') return { status: 'pass', evidence: said };
    const ending = status.startsWith('ROLLBACK') ? '失敗して前の版に戻されました' : '途中で止められました';
    return {
      status: 'fail',
      evidence: `いちばん新しいデプロイは、${ending}（${said}）。${seen || FORGOTTEN}`,
      expected: 'SUCCESSFUL で終わっている',
      ...(cause && { fix: cause.fix }),
    };
  },
  fix: {
    console:
      'サービスの「デプロイ」タブで失敗したデプロイを開き、理由と、止まったタスクのログを読みます。直して、もう一度 push します。',
    cli: 'aws ecs list-service-deployments --cluster <クラスター> --service <サービス>',
    cdk: 'デプロイは CDK ではなく、ワークフローが始めます。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-3/03-release.md#つまずいたら',
});

const FORGOTTEN = '止まったタスクの記録は、約1時間で AWS から消えます。わけはログに残っています。';

/** What a failed release shows of its cause, and how to mend that: by the words, and by reading the task's log. */
function causeOf(failed: FailedRelease): { seen: string; fix: Partial<Fix> } {
  const { seen, mend } = sentencesOf(failed);
  const { log } = failed;
  const cli = log && `aws logs get-log-events --log-group-name ${log.group} --log-stream-name ${log.stream}`;
  return { seen, fix: { console: mend, ...(cli && { cli }) } };
}

function sentencesOf({ stage, revision, alarms, task, unhealthy, lastWords }: FailedRelease): {
  seen: string;
  mend: string;
} {
  const version = revision === null ? '新しい版' : `新しい版 ${revision}`;
  const one = task ? `${version} のタスク ${task.id.slice(0, 8)} ` : `${version} のタスク`;
  const code = task?.containers.find(({ exitCode }) => exitCode !== null)?.exitCode;
  const ended = [
    task?.reason,
    code === undefined ? '' : `終了コード ${code}`,
    ...(task?.containers.map(({ reason }) => reason) ?? []),
  ];
  const how = ended.filter(Boolean).join('、');
  const log = lastWords === null ? '' : `ログの最後: 「${short(lastWords)}」。`;
  if (stage === 'migration') {
    return {
      seen: `${version} のマイグレーションが失敗しました（${how}）。${log}`,
      mend: 'ログの最後の行が、失敗したわけです。マイグレーションのファイルを直して、もう一度 push します。途中まで適用されていたら、直したものが続きから動く形にします。',
    };
  }
  if (stage === 'alarm') {
    return {
      seen: `${version} に切り替わったあとで、アラーム${alarms.length > 0 ? ` ${alarms.join('、')} ` : ''}が鳴りました。${log}`,
      mend: '「CloudWatch」>「アラーム」で鳴ったアラームを開き、その時刻のサーバーのログで、エラーか遅さのもとを読みます。直して、もう一度 push します。',
    };
  }
  if (task && endedItself(task)) {
    return {
      seen: `${one}が、起動してすぐに終わりました（${how}）。${log}`,
      mend: 'ログの最後の行が、終わったわけです。手元で同じイメージを動かして確かめ、直して、もう一度 push します。',
    };
  }
  if (unhealthy !== null && /timed? ?out/i.test(unhealthy)) {
    return {
      seen: `${one}が、ヘルスチェックに時間内に返事をしませんでした（${unhealthy}）。${log}`,
      mend: '手元で「curl -w "%{time_total}" localhost:4000/health」を動かし、返事までの時間を見ます。起動の途中で待つもの、重い処理、足りない CPU が、遅さのもとです。直して、もう一度 push します。',
    };
  }
  if (unhealthy !== null) {
    return {
      seen: `${one}が、ヘルスチェックに合格しませんでした（${unhealthy}）。${log}`,
      mend: '手元で「curl -i localhost:4000/health」を動かし、200が返るように直して、もう一度 push します。ログに、その理由が出ているはずです。',
    };
  }
  return {
    seen: `${one}を起動できませんでした（${how}）。${log}`,
    mend: '止まったタスクの「停止理由」のとおりに、イメージ、シークレット、権限を直します。',
  };
}

/** Short enough for a line of a report. */
function short(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ');
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
