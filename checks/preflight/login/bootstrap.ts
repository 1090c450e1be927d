import { defineCheck } from '../../check.ts';
import { caller } from '../../find/caller.ts';

/** The version that the CDK's default synthesizer asks for (`MIN_BOOTSTRAP_STACK_VERSION` in aws-cdk-lib). */
const VERSION = 6;
/** The CDK's default qualifier; a toolkit with another one serves other apps. */
const QUALIFIER = 'hnb659fds';

export default defineCheck({
  title: 'CDK の置き場所（bootstrap）がある',
  why: 'CDK は、テンプレートとイメージをアカウントの中のバケットに置いてから作ります。その場所がないと、最初のデプロイで止まります。',
  read: async (world) => {
    const who = await caller(world);
    if (who.kind === 'rehearsal') return { who, region: world.choice.region, toolkits: [] };
    const { Stacks = [] } = await world.aws.cloudformation.describeStacks({});
    return {
      who,
      region: world.choice.region,
      // Companies give the stack a name of their own; its outputs and qualifier tell what it is.
      toolkits: Stacks.flatMap(({ StackName = '', StackStatus = '', Parameters = [], Outputs = [] }) => {
        const version = Outputs.find(({ OutputKey }) => OutputKey === 'BootstrapVersion')?.OutputValue;
        const qualifier = Parameters.find(({ ParameterKey }) => ParameterKey === 'Qualifier')?.ParameterValue;
        return StackName === 'CDKToolkit' || (version !== undefined && qualifier === QUALIFIER)
          ? [{ name: StackName, status: StackStatus, version: version === undefined ? null : Number(version) }]
          : [];
      }),
    };
  },
  judge: ({ who, region, toolkits }) => {
    if (who.kind === 'rehearsal') {
      return { status: 'pass', evidence: 'リハーサルでは、はじめから用意されています。' };
    }
    const good = toolkits.find(({ status }) => /^(CREATE|UPDATE|UPDATE_ROLLBACK|IMPORT)_COMPLETE$/.test(status));
    const [first] = toolkits;
    if (!first) {
      const cli = command(who.account, region);
      return {
        status: 'fail',
        evidence: `アカウント ${who.account} の ${region} には、まだありません。`,
        fix: { cli },
      };
    }
    if (good?.version !== undefined && good.version !== null && good.version < VERSION) {
      return {
        status: 'fail',
        evidence: `スタック ${good.name} の版は ${good.version} です。`,
        expected: `版 ${VERSION} 以上（同じコマンドをもう一度実行すると、新しくなります）`,
        fix: { cli: command(who.account, region) },
      };
    }
    if (good) {
      return { status: 'pass', evidence: `スタック ${good.name}（版 ${good.version ?? '不明'}）があります。` };
    }
    if (first.status.endsWith('_IN_PROGRESS') && first.status !== 'REVIEW_IN_PROGRESS') {
      return { status: 'pending', evidence: `スタック ${first.name} を用意しているところです（${first.status}）。` };
    }
    return {
      status: 'fail',
      evidence: `スタック ${first.name} の状態が ${first.status} です。`,
      expected: '状態が CREATE_COMPLETE か UPDATE_COMPLETE',
      fix: {
        console: `CloudFormation でスタック ${first.name} の「イベント」を見て、最初の失敗を直します。ROLLBACK_COMPLETE なら、スタックを削除してからやり直します。`,
      },
    };
  },
  fix: {
    console: '画面だけで作る人には、いまは要りません。CDK を使う前に、下のコマンドを1回だけ実行します。',
    cli: command('アカウントの番号', 'ap-northeast-1'),
    cdk: '上の CLI と同じコマンドです。CDK 自身が、必要なものを1つのスタックで作ります。',
  },
  console: 'cloudformation/home#/stacks',
  doc: 'chapters/preflight/02-login.md#cdk-の準備をする',
});

/** Without an app, since the app asks for choices that are made only in chapter 2. */
function command(account: string, region: string): string {
  return `pnpm --filter @blog-aws-practice/infra exec cdk bootstrap --app '' aws://${account}/${region}`;
}
