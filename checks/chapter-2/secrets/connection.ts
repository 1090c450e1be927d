import { defineCheck, type Resource } from '../../check.ts';
import { type DatabaseCluster, database } from '../../find/database-clusters.ts';
import { environmentSecret } from '../../find/secrets.ts';
import type { SecretLook } from '../../ports/aws/secret-looks.ts';

const LOCAL = ['localhost', '127.0.0.1'];
const KEYS = {
  host: ['host', 'DATABASE_HOST', 'DB_HOST'],
  port: ['port', 'DATABASE_PORT', 'DB_PORT'],
  user: ['username', 'DATABASE_USER', 'DB_USER', 'DATABASE_USERNAME', 'DB_USERNAME'],
  database: ['dbname', 'DATABASE_NAME', 'DB_NAME'],
};

export default defineCheck({
  title: 'シークレットの接続先が、クラスターエンドポイントを指している',
  why: 'リーダーエンドポイントでは書き込みがエラーになり、インスタンスエンドポイントでは入れ替わったときに切れます。localhost は、タスク自身のことです。',
  needs: ['chapter-2/secrets/keys', 'chapter-2/database/database-name'],
  read: async (world) => {
    const [found, cluster] = await Promise.all([environmentSecret(world), database(world)]);
    const looks =
      found && cluster ? await world.aws.secretLooks(found.secret.arn ?? found.secret.id, words(cluster)) : [];
    return { secret: found?.secret, cluster, looks };
  },
  judge: ({ secret, cluster, looks }) => {
    const resources = [...(secret ? [secret] : []), ...(cluster ? [cluster] : [])];
    const problems = cluster ? problemsOf(looks, cluster) : [];
    const blanks = looks
      .filter((look) => look.blanks)
      .map(({ key }) => `キー ${key} の値の前後に、空白か改行があります。`);
    if (problems.length + blanks.length > 0) {
      return {
        status: 'fail',
        evidence: `シークレット ${secret?.id ?? ''}: ${[...problems, ...blanks].join('')}（値は表示しません）`,
        expected: `host が ${cluster?.properties.endpoint ?? ''}、port が ${cluster?.properties.port ?? ''}、username が ${cluster?.properties.user ?? ''}、dbname が ${cluster?.properties.database ?? ''}`,
        resources,
      };
    }
    return { status: 'pass', evidence: `${secret?.id ?? ''} → ${cluster?.properties.endpoint ?? ''}`, resources };
  },
  fix: {
    console:
      '「RDS」>「データベース」でクラスターを開き、「接続とセキュリティ」のタイプ「ライター」のエンドポイントを写して、「Secrets Manager」でシークレットの host に入れます。',
    cli: "aws rds describe-db-clusters --query 'DBClusters[].Endpoint' --output text",
    cdk: 'secret.attach(cluster)（infra/chapters/chapter-2.ts）が、正しい値を入れます。',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/chapter-2/04-secrets.md#接続先',
});

/** What a value is compared with: all that stands in AWS for everyone to read. */
function words({ properties }: Resource<DatabaseCluster>): string[] {
  return [
    properties.endpoint,
    properties.readerEndpoint,
    ...properties.instances.map(({ address }) => address),
    String(properties.port),
    properties.user,
    properties.database ?? '',
    ...LOCAL,
  ].filter(Boolean);
}

function problemsOf(looks: SecretLook[], { properties }: Resource<DatabaseCluster>): string[] {
  const whole = looks.find(({ key }) => key === 'DATABASE_URL');
  if (whole?.url === 'broken') {
    return ['DATABASE_URL を URL として読めません。パスワードの @ / # ? は、%40 %2F %23 %3F と書きます。'];
  }
  const part = (names: string[]) => looks.find(({ key }) => names.includes(key));
  const host = whole ? (whole.url?.host ?? null) : (part(KEYS.host)?.equals ?? null);
  const where = whole ? 'DATABASE_URL のホスト' : (part(KEYS.host)?.key ?? 'host');
  const others = whole
    ? [
        { name: 'DATABASE_URL のユーザー', right: whole.url?.user === properties.user },
        { name: 'DATABASE_URL のデータベース名', right: whole.url?.database === properties.database },
      ]
    : [
        { name: part(KEYS.port)?.key ?? 'port', right: part(KEYS.port)?.equals === String(properties.port) },
        { name: part(KEYS.user)?.key ?? 'username', right: part(KEYS.user)?.equals === properties.user },
        { name: part(KEYS.database)?.key ?? 'dbname', right: part(KEYS.database)?.equals === properties.database },
      ];
  return [
    ...(host === properties.endpoint ? [] : [`「${where}」が、${hostProblem(host, properties)}`]),
    ...others.filter(({ right }) => !right).map(({ name }) => `「${name}」が、クラスターのものと違います。`),
  ];
}

function hostProblem(host: string | null, { readerEndpoint, instances }: DatabaseCluster): string {
  if (host === readerEndpoint) return `読み取り専用のリーダーエンドポイント ${host} になっています。`;
  if (host !== null && LOCAL.includes(host)) return `${host} になっています。タスクの中では、タスク自身を指します。`;
  const one = instances.find(({ address }) => address === host);
  if (one) return `インスタンス ${one.id} のエンドポイント ${one.address} になっています。`;
  return 'このクラスターのエンドポイントではありません。';
}
