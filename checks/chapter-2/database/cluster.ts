import { defineCheck, type Resource } from '../../check.ts';
import { allDatabaseClusters, type DatabaseCluster, loneInstances, mainCluster } from '../../find/database-clusters.ts';
import { vpcId } from '../../find/vpcs.ts';

/** What AWS calls a cluster that it is still at, or that works while it is. */
const BUSY =
  /^(creating|modifying|starting|stopping|upgrading|renaming|maintenance|migrating|preparing-data-migration|resetting-master-credentials|rebooting|promoting|update-.*|storage-optimization)$/;

export default defineCheck({
  title: 'Aurora PostgreSQL のクラスターが VPC の中で動いている',
  why: '記事も会員の情報も、ここに入ります。MySQL や、VPC の外のものでは、この後の設定がどれも合いません。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [vpc, all, lone] = await Promise.all([vpcId(world), allDatabaseClusters(world), loneInstances(world)]);
    return { vpc, all, lone };
  },
  judge: ({ vpc, all, lone }) => {
    const here = all.filter(({ properties }) => properties.vpc === vpc);
    const cluster = mainCluster(here);
    if (!cluster) {
      const [plain] = lone.filter((one) => one.vpc === vpc);
      const [abroad, ...more] = all;
      const evidence = [
        `VPC ${vpc} に、Aurora のクラスターがありません。`,
        ...(plain ? [`${plain.id} は、Aurora ではない RDS のインスタンス（${plain.engine}）です。`] : []),
        ...(abroad && more.length === 0 ? [elsewhere(abroad)] : []),
      ];
      return { status: 'fail', evidence: evidence.join(''), resources: abroad && more.length === 0 ? [abroad] : [] };
    }
    const { id, properties } = cluster;
    const resources = [cluster];
    if (properties.engine !== 'aurora-postgresql') {
      return {
        status: 'fail',
        evidence: `クラスター ${id} のエンジンは ${properties.engine} です。エンジンは後から変えられません。`,
        resources,
        fix: { cli: `aws rds delete-db-cluster --db-cluster-identifier ${id} --skip-final-snapshot` },
      };
    }
    if (/^stop(ped|ping)$/.test(properties.status)) {
      return {
        status: 'fail',
        evidence: `クラスター ${id} は止められています（${properties.status}）。`,
        expected: 'クラスターが利用可能（available）になっている',
        resources,
        fix: {
          console: `「RDS」>「データベース」で ${id} を選び、「アクション」>「開始」を選びます。pnpm pause で止めたのなら pnpm resume です。`,
          cli: `aws rds start-db-cluster --db-cluster-identifier ${id}`,
          cdk: 'pnpm resume',
        },
      };
    }
    if (BUSY.test(properties.status)) {
      return {
        status: 'pending',
        evidence: `クラスター ${id} は作業中です（${properties.status}）。10分ほどかかることがあります。`,
        resources,
      };
    }
    if (properties.status !== 'available' && properties.status !== 'backing-up') {
      return { status: 'fail', evidence: `クラスター ${id} の状態が ${properties.status} です。`, resources };
    }
    return { status: 'pass', evidence: `${id}（${properties.engine} ${properties.version}）`, resources };
  },
  fix: {
    console:
      '「RDS」>「データベースの作成」で「標準作成」「Aurora (PostgreSQL 互換)」「開発/テスト」を選び、接続の VPC に自分の VPC、サブネットグループに作ったものを選びます。',
    cli: 'aws rds create-db-cluster --engine aurora-postgresql --db-cluster-identifier blog-aws-practice-db --db-subnet-group-name blog-aws-practice-db …（値は手順書の表にあります）',
    cdk: 'pnpm solve chapter-2 database（infra/constructs/database.ts）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#クラスターとインスタンス',
});

function elsewhere({ id, properties }: Resource<DatabaseCluster>): string {
  return properties.vpc === null
    ? `クラスター ${id} は、どの VPC にも入っていません（エクスプレス設定で作ったもの）。後から VPC に入れることはできません。`
    : `クラスター ${id} は、別の VPC ${properties.vpc} にあります。`;
}
