import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

/** The smallest that Aurora PostgreSQL offers. db.t4g.small, which the plan names, is not among them. */
const SMALL = ['db.t4g.medium', 'db.t3.medium', 'db.serverless'];

export default defineCheck({
  title: 'いちばん小さいインスタンスが1つだけ動いている',
  why: '料金は、インスタンスの大きさと数で決まります。画面の「本番稼働用」を選ぶと、大きなクラスとリーダーが付き、1時間の料金が何倍にもなります。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const instances = cluster?.properties.instances ?? [];
    const resources = cluster ? [cluster] : [];
    const id = cluster?.id ?? '';
    if (instances.length === 0) {
      return {
        status: 'fail',
        evidence: `クラスター ${id} に、インスタンスがありません。クラスターだけでは接続できません。`,
        resources,
        fix: {
          cli: `aws rds create-db-instance --db-instance-identifier ${id}-1 --db-cluster-identifier ${id} --engine aurora-postgresql --db-instance-class db.t4g.medium --no-publicly-accessible`,
        },
      };
    }
    const big = instances.filter((one) => !SMALL.includes(one.class));
    const readers = instances.filter(({ writer }) => !writer);
    const extra = instances.length > 1 ? readers : [];
    const broken = instances.filter(({ status }) =>
      /fail|incompatible|inaccessible|restore-error|storage-full|insufficient/.test(status),
    );
    const evidence = [
      ...big.map((one) => `インスタンス ${one.id} のクラスが ${one.class} です。`),
      ...(extra.length > 0
        ? [`リーダー ${extra.map((one) => one.id).join('、')} もあり、料金が${instances.length}つ分かかっています。`]
        : []),
      ...broken.map((one) => `インスタンス ${one.id} の状態が ${one.status} です。`),
    ];
    if (evidence.length > 0) {
      return {
        status: 'fail',
        evidence: evidence.join(''),
        resources,
        fix: {
          cli: [
            ...extra.map((one) => `aws rds delete-db-instance --db-instance-identifier ${one.id}`),
            ...big
              .filter((one) => !extra.includes(one))
              .map(
                (one) =>
                  `aws rds modify-db-instance --db-instance-identifier ${one.id} --db-instance-class db.t4g.medium --apply-immediately`,
              ),
            ...broken.map((one) => `aws rds describe-events --source-type db-instance --source-identifier ${one.id}`),
          ].join('\n'),
        },
      };
    }
    const inWords = instances.map((one) => `${one.id}（${one.class}、${one.status}）`).join('、');
    const waiting = instances.some(({ status }) => status !== 'available' && status !== 'backing-up');
    return waiting
      ? { status: 'pending', evidence: `${inWords}は作業中です。10分ほどかかることがあります。`, resources }
      : { status: 'pass', evidence: inWords, resources };
  },
  fix: {
    console:
      '「RDS」>「データベース」でインスタンスを選び、「変更」で DB インスタンスクラスを db.t4g.medium（またはサーバーレス v2）にします。リーダーは「アクション」>「削除」で消します。',
    cli: 'aws rds modify-db-instance --db-instance-identifier <インスタンス> --db-instance-class db.t4g.medium --apply-immediately',
    cdk: 'infra/parameters.ts の database を db.t4g.medium か serverless にして、pnpm solve chapter-2 database を実行します。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#クラスターとインスタンス',
});
