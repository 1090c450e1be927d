import { isTrouble, type LogLine, lastLogLines } from '../find/last-log-lines.ts';
import { mainServiceAndTask } from '../find/services.ts';
import { endedBadly, type StoppedTask, stoppedTasks } from '../find/stopped-tasks.ts';
import { type Target, targets } from '../find/targets.ts';
import { servingContainer } from '../find/task-definitions.ts';
import type { World } from '../world.ts';

/** What AWS, or the server itself, said of late. */
export interface Sign {
  /** Who said it. */
  from: 'stopped-task' | 'target' | 'log' | 'event';
  /** Its own words, on one line. */
  said: string;
  /** When; null where nobody says. */
  at: Date | null;
  /** What it means; null for words that the book does not know. */
  meaning: Meaning | null;
}

/** What known words mean, and where the book teaches it. */
export interface Meaning {
  /** A Japanese sentence. */
  sentence: string;
  /** Title of the link of the request's way that is broken. */
  link: string;
  doc: string;
}

const START = 'タスクの起動';
const DATABASE = 'タスク → データベース';
const TARGETS = 'ロードバランサー → タスク';

// ECS's words: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
// The load balancer's: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html
// PostgreSQL's and pg's are their own messages. The first that fits counts.
const KNOWN: [RegExp, Meaning][] = [
  [
    /CannotPull(Container)?(Image|ManifestDoes)?.*(not found|notfound|does not exist|manifest unknown)/i,
    {
      sentence: 'タスク定義が指すイメージが、レジストリにありません。',
      link: START,
      doc: 'chapters/chapter-2/05-registry.md#つまずいたら',
    },
  ],
  [
    /CannotPullContainerError/,
    {
      sentence:
        'イメージを取り出せませんでした。レジストリまでの道（NAT ゲートウェイ）か、タスク実行ロールの権限を確かめます。',
      link: START,
      doc: 'chapters/chapter-2/05-registry.md#つまずいたら',
    },
  ],
  [
    /did not contain json key|invalid json key|json key/i,
    {
      sentence: 'タスク定義が指すキーが、シークレットにありません。大文字と小文字、末尾の空白も区別されます。',
      link: START,
      doc: 'chapters/chapter-2/04-secrets.md#つまずいたら',
    },
  ],
  [
    /secret.*(AccessDenied|not authorized)|(AccessDenied|not authorized).*(secret|GetSecretValue)/i,
    {
      sentence: 'タスク実行ロールに、シークレットを読む権限がありません。',
      link: START,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
  [
    /ResourceInitializationError.*(log|cloudwatch)/i,
    {
      sentence: 'ログの書き先を用意できませんでした。ロググループの名前と、作る権限を確かめます。',
      link: START,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
  [
    /ResourceInitializationError/,
    {
      sentence:
        'タスクの準備（シークレットの取り出しなど）に失敗しました。シークレットの名前と権限、外への道を確かめます。',
      link: START,
      doc: 'chapters/chapter-2/04-secrets.md#つまずいたら',
    },
  ],
  [
    /OutOfMemory/i,
    {
      sentence: 'タスクがメモリを使い切って止められました。タスク定義のメモリを増やします。',
      link: START,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
  [
    /exec format error/i,
    {
      sentence: 'イメージの CPU の種類が、タスクと違います。linux/amd64 で作り直します。',
      link: START,
      doc: 'chapters/chapter-2/05-registry.md#つまずいたら',
    },
  ],
  [
    /password authentication failed/i,
    {
      sentence: 'データベースのパスワードが合いません。値を入れ替えたあと、タスクを始め直していない可能性があります。',
      link: DATABASE,
      doc: 'chapters/chapter-2/04-secrets.md#つまずいたら',
    },
  ],
  [
    /no pg_hba\.conf entry|no encryption/i,
    {
      sentence: 'データベースへ、暗号化せずにつなごうとしています。',
      link: DATABASE,
      doc: 'chapters/chapter-2/03-database.md#つまずいたら',
    },
  ],
  [
    /database ".*" does not exist/i,
    {
      sentence: '最初のデータベースが作られていないか、名前が違います。',
      link: DATABASE,
      doc: 'chapters/chapter-2/03-database.md#つまずいたら',
    },
  ],
  [
    /relation ".*" does not exist|table .* does not exist|P2021/i,
    {
      sentence: 'データベースに表がありません。マイグレーションをまだ実行していません。',
      link: DATABASE,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
  [
    /read-only transaction/i,
    {
      sentence: '読み取り専用の入口（リーダーエンドポイント）につないでいます。',
      link: DATABASE,
      doc: 'chapters/chapter-2/04-secrets.md#つまずいたら',
    },
  ],
  [
    /(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|timeout).*(5432|postgres|database)|(5432|postgres|database).*(ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|timeout)/i,
    {
      sentence: 'データベースまで届きません。セキュリティグループと、シークレットの接続先を確かめます。',
      link: DATABASE,
      doc: 'chapters/chapter-2/03-database.md#つまずいたら',
    },
  ],
  [
    /Target\.ResponseCodeMismatch|codes: \[\d+\]/i,
    {
      sentence: 'サーバーは答えましたが、ヘルスチェックの期待する番号ではありません。パスが /health かを確かめます。',
      link: TARGETS,
      doc: 'chapters/chapter-2/06-load-balancer.md#つまずいたら',
    },
  ],
  [
    /Target\.Timeout/,
    {
      sentence: 'ロードバランサーからタスクの4000番へ、届いていません。',
      link: TARGETS,
      doc: 'chapters/chapter-2/02-security-groups.md#つまずいたら',
    },
  ],
  [
    /Essential container in task exited/i,
    {
      sentence: 'サーバーが自分で終わりました。わけは、ログの最後の行にあります。',
      link: START,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
  [
    /Target\.FailedHealthChecks|failed (ELB|container) health checks/i,
    {
      sentence: 'タスクが、ヘルスチェックに答えていません。サーバーが4000番で待っているかを確かめます。',
      link: TARGETS,
      doc: 'chapters/chapter-2/07-service.md#つまずいたら',
    },
  ],
];

/** What these words mean; null where the book does not know them. */
export function meaningOf(words: string): Meaning | null {
  return KNOWN.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}

/** Signs older than this say nothing of now. */
const RECENT_MS = 3_600_000;

/**
 * What stopped tasks, targets, the service's events and the server's log said within the last hour, the most telling
 * first: what the book knows before what it doesn't. Empty before there is a service.
 */
export async function signs(world: World): Promise<Sign[]> {
  const found = await mainServiceAndTask(world);
  if (!found) return [];
  const { service, task } = found;
  const [targetGroup] = service.properties.loadBalancers;
  const group = servingContainer(task)?.logs?.group;
  const [stopped, health, lines] = await Promise.all([
    stoppedTasks(world, service),
    targetGroup ? targets(world, targetGroup.targetGroup) : [],
    group ? lastLogLines(world, group) : [],
  ]);
  const since = world.now.getTime() - RECENT_MS;
  const all = [
    ...stopped.filter(({ stoppedAt }) => (stoppedAt?.getTime() ?? 0) >= since).flatMap(ofStoppedTask),
    ...health.flatMap(ofTarget),
    ...lines.filter(({ at }) => at.getTime() >= since).flatMap(ofLogLine),
  ];
  const distinct = [
    ...new Map(all.map((sign) => [`${sign.from} ${sign.meaning?.sentence ?? sign.said}`, sign])).values(),
  ];
  return distinct.toSorted((a, b) => rank(a) - rank(b));
}

/** By what tells the most: known words before unknown ones, what ended a task before what its log says. */
function rank({ from, meaning }: Sign): number {
  const order = ['stopped-task', 'log', 'target', 'event'];
  // "It exited" and "it doesn't answer" only point at what another sign says better.
  const vague = meaning === null || /自分で終わりました|答えていません/.test(meaning.sentence);
  return order.indexOf(from) + (vague ? 10 : 0);
}

function ofStoppedTask(task: StoppedTask): Sign[] {
  if (!endedBadly(task)) return [];
  const { id, reason, stoppedAt, containers } = task;
  const ends = containers.flatMap((one) => {
    const code = one.exitCode === null || one.exitCode === 0 ? '' : `終了コード ${one.exitCode}`;
    const words = [code, one.reason].filter(Boolean).join(' ');
    return words === '' ? [] : [`${one.name}: ${words}`];
  });
  const said = [reason, ...ends].filter(Boolean).join(' / ');
  return said === ''
    ? []
    : [
        {
          from: 'stopped-task',
          said: oneLine(`タスク ${id.slice(0, 8)}: ${said}`),
          at: stoppedAt,
          meaning: meaningOf(said),
        },
      ];
}

function ofTarget({ address, port, state, reason, description }: Target): Sign[] {
  if (state !== 'unhealthy') return [];
  const said = [reason, description].filter(Boolean).join(' ');
  return [
    { from: 'target', said: oneLine(`ターゲット ${address}:${port}: ${said}`), at: null, meaning: meaningOf(said) },
  ];
}

/** A line of the server's JSON log that is a warning or worse, or plain words of an error. */
function ofLogLine({ message, at }: LogLine): Sign[] {
  if (!isTrouble(message)) return [];
  return [{ from: 'log', said: oneLine(`ログ: ${message}`), at, meaning: meaningOf(message) }];
}

/** Short enough to read; the whole stands in the console. */
function oneLine(words: string): string {
  const line = words.replaceAll(/\s+/g, ' ').trim();
  return line.length > 240 ? `${line.slice(0, 239)}…` : line;
}
