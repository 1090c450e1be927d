import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';

/**
 * The oldest major version in standard support: 13's ended on 2026-02-28.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraPostgreSQLReleaseNotes/aurorapostgresql-release-calendar.html
 */
const OLDEST = 14;
/** What `npm start` and docker compose run on the learner's machine. */
const LOCAL = 17;

export default defineCheck({
  title: '標準サポート中の PostgreSQL を使っている',
  why: '古いメジャーバージョンは延長サポートになり、インスタンスとは別の料金が自動でかかります。手元と同じバージョンなら、手元で動いたものがそのまま動きます。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => ({ cluster: await database(world) }),
  judge: ({ cluster }) => {
    const version = cluster?.properties.version ?? '';
    const major = Number.parseInt(version, 10);
    const resources = cluster ? [cluster] : [];
    if (major < OLDEST) {
      return {
        status: 'fail',
        evidence: `クラスター ${cluster?.id ?? ''} の PostgreSQL ${version} は標準サポートが終わっていて、延長サポートの料金がかかります。`,
        resources,
      };
    }
    const pass = { status: 'pass', evidence: `PostgreSQL ${version}`, resources } as const;
    return major === LOCAL
      ? pass
      : { ...pass, advice: `手元の PostgreSQL は ${LOCAL} です。違うバージョンでは、まれに動きが変わります。` };
  },
  fix: {
    console:
      '「RDS」>「データベース」でクラスターを選び、「変更」でエンジンバージョンを 17 にします。中身がなければ、作り直す方が早く済みます。',
    cli: 'aws rds modify-db-cluster --db-cluster-identifier <クラスター> --engine-version 17.9 --allow-major-version-upgrade --apply-immediately',
    cdk: 'pnpm solve chapter-2 database（バージョンは infra/blueprint.ts の database.version）',
  },
  console: 'rds/home#databases:',
  doc: 'chapters/chapter-2/03-database.md#選ぶ値',
});
