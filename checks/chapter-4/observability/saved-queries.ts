import { defineCheck, type Judgement } from '../../check.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

interface Facts {
  /** The server's log group; null where it has none. */
  group: string | null;
  /** Names of the saved queries that ask it. */
  own: string[];
  all: number;
}

export default defineCheck({
  title: 'サーバーのログへのよく使う質問が、保存してある',
  why: '障害のさなかに、クエリの文法を思い出す時間はありません。落ち着いているときに書いて、保存しておきます。',
  needs: ['chapter-2/service/logs'],
  read: async (world): Promise<Facts> => {
    const [facts, { queryDefinitions = [] }] = await Promise.all([
      mainServiceAndTask(world),
      world.aws.logs.describeQueryDefinitions({}),
    ]);
    const group = (facts && servingContainer(facts.task)?.logs?.group) || null;
    const own = queryDefinitions.filter(({ logGroupNames = [], queryString = '' }) =>
      group === null ? false : logGroupNames.includes(group) || queryString.includes(group),
    );
    return { group, own: own.flatMap(({ name }) => name ?? []), all: queryDefinitions.length };
  },
  judge: ({ group, own, all }): Judgement => {
    if (own.length > 0) return { status: 'pass', evidence: own.join('、') };
    return {
      status: 'fail',
      evidence: `ロググループ ${group ?? '（なし）'} への、保存されたクエリがありません${all > 0 ? `（別のロググループへのものが${all}個あります）` : ''}。`,
    };
  },
  fix: {
    console: '「CloudWatch」>「Logs Insights」でサーバーのロググループを選び、クエリを書いて「保存」を押します。',
    cli: 'aws logs put-query-definition --name blog-aws-practice/errors --log-group-names /ecs/blog-aws-practice-server --query-string "fields @timestamp, path, status | filter status >= 500"',
    cdk: 'pnpm solve chapter-4 が作ります（infra/constructs/observability.ts）。',
  },
  console: 'cloudwatch/home#logsV2:logs-insights',
  doc: 'chapters/chapter-4/06-observability.md#保存したクエリ',
});
