import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

export default defineCheck({
  title: 'データベースに、インターネットから届くアドレスがない',
  why: '「パブリックアクセス: あり」にすると、データベースにインターネットのアドレスが付きます。守りはセキュリティグループ1枚になり、1つの間違いで世界中から届きます。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const instances = cluster?.properties.instances ?? [];
    const resources = cluster ? [cluster] : [];
    const open = instances.filter((one) => one.public);
    if (open.length === 0) {
      return { status: 'pass', evidence: `${cluster?.id ?? ''}: パブリックアクセスなし`, resources };
    }
    return {
      status: 'fail',
      evidence: `インスタンス ${open.map(({ id }) => id).join('、')} の「パブリックアクセス」が「あり」になっています。`,
      resources,
      fix: {
        cli: open
          .map(
            ({ id }) =>
              `aws rds modify-db-instance --db-instance-identifier ${id} --no-publicly-accessible --apply-immediately`,
          )
          .join('\n'),
      },
    };
  },
  fix: {
    console:
      '「RDS」>「データベース」でインスタンスを選び、「変更」>「接続」>「追加設定」で「パブリックアクセス不可」を選びます。',
    cli: 'aws rds modify-db-instance --db-instance-identifier <インスタンス> --no-publicly-accessible --apply-immediately',
    cdk: 'infra/constructs/database.ts の publiclyAccessible は false です。pnpm solve chapter-2 database で戻ります。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
