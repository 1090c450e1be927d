import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';
import { forcesSsl } from '../../find/forces-ssl.ts';

export default defineCheck({
  title: 'データベースが、暗号化された接続だけを受け付ける',
  why: 'rds.force_ssl が 0 だと、設定を間違えたサーバーが、パスワードも記事も平文で流してつながってしまいます。1 なら、間違いはその場でエラーになります。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => {
    const cluster = await database(world);
    return { cluster, forced: cluster ? await forcesSsl(world, cluster.properties) : false };
  },
  judge: ({ cluster, forced }) => {
    const resources = cluster ? [cluster] : [];
    const { parameterGroup = '', instances = [] } = cluster?.properties ?? {};
    if (!forced) {
      const standard = parameterGroup.startsWith('default.');
      return {
        status: 'fail',
        evidence: `クラスターのパラメータグループ ${parameterGroup} で、rds.force_ssl が 1 になっていません。${standard ? '既定のグループの値は変えられません。' : ''}`,
        expected: 'rds.force_ssl が 1 のパラメータグループが付いている',
        resources,
        fix: standard
          ? {}
          : {
              cli: `aws rds modify-db-cluster-parameter-group --db-cluster-parameter-group-name ${parameterGroup} --parameters ParameterName=rds.force_ssl,ParameterValue=1,ApplyMethod=immediate`,
            },
      };
    }
    const waiting = instances.filter((one) => one.awaitsRestart);
    if (waiting.length > 0) {
      return {
        status: 'fail',
        evidence: `パラメータグループ ${parameterGroup} は付いていますが、インスタンス ${waiting.map(({ id }) => id).join('、')} が再起動を待っているため、まだ効いていません。`,
        expected: '再起動が済み、rds.force_ssl が効いている',
        resources,
        fix: {
          console: `「RDS」>「データベース」で ${waiting.map(({ id }) => id).join('、')} を選び、「アクション」>「再起動」を選びます。`,
          cli: waiting.map(({ id }) => `aws rds reboot-db-instance --db-instance-identifier ${id}`).join('\n'),
        },
      };
    }
    return { status: 'pass', evidence: `${parameterGroup}: rds.force_ssl = 1`, resources };
  },
  fix: {
    console:
      '「RDS」>「パラメータグループ」で DB クラスターパラメータグループを作り、rds.force_ssl を 1 にします。クラスターの「変更」でそのグループを選び、インスタンスを再起動します。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --db-cluster-parameter-group-name <作ったグループ> --apply-immediately',
    cdk: 'pnpm solve chapter-2 database（infra/constructs/database.ts の parameterGroup）',
  },
  console: 'rds/home#parameter-groups:',
  doc: 'chapters/chapter-2/03-database.md#暗号化された接続',
});
