import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';
import { groupRoles } from '../../find/group-roles.ts';
import { letsThrough, securityGroups } from '../../find/security-groups.ts';

export default defineCheck({
  title: 'データベースに、データベース用のセキュリティグループだけが付いている',
  why: '画面ははじめに VPC の default グループを付けます。そのままではタスクから届かず、余計なグループが加わると、タスク以外からも届きます。',
  needs: ['chapter-2/database/cluster', 'chapter-2/security-groups/groups'],
  read: async (world) => {
    const [cluster, groups, { rds }] = await Promise.all([database(world), securityGroups(world), groupRoles(world)]);
    const attached = groups.filter(({ id }) => cluster?.properties.securityGroups.includes(id));
    return { cluster, attached, rds };
  },
  judge: ({ cluster, attached, rds }) => {
    const port = cluster?.properties.port || 5432;
    const id = cluster?.id ?? '';
    const labels = attached.map((group) => `${group.id}（${group.name}）`).join('、');
    const others = attached.filter((group) => group.id !== rds?.id);
    const wider = others.filter(
      ({ properties }) => properties.isDefault || properties.in.some((rule) => letsThrough(rule, port)),
    );
    const missing = !attached.some((group) => group.id === rds?.id);
    if (!missing && wider.length === 0) return { status: 'pass', evidence: labels, resources: attached };
    const evidence = [
      ...(missing
        ? [
            `クラスター ${id} に、データベース用のグループ ${rds?.id} が付いていません。付いているのは ${labels || 'なし'} です。`,
          ]
        : []),
      ...wider.map(
        (group) =>
          `クラスター ${id} に付いている ${group.id}（${group.name}）は、${group.properties.isDefault ? 'VPC の default グループです' : `${port} 番への通信を別の相手からも通します`}。`,
      ),
    ];
    return {
      status: 'fail',
      evidence: evidence.join(''),
      resources: [...(cluster ? [cluster] : []), ...attached],
      fix: {
        cli: `aws rds modify-db-cluster --db-cluster-identifier ${id} --vpc-security-group-ids ${rds?.id} --apply-immediately`,
      },
    };
  },
  fix: {
    console:
      '「RDS」>「データベース」でクラスターを選び、「変更」>「接続」で、セキュリティグループをデータベース用の1つだけにします。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --vpc-security-group-ids <データベース用グループの ID> --apply-immediately',
    cdk: 'infra/constructs/database.ts の securityGroups が、データベース用のグループを渡しています。',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
