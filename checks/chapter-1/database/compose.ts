import { defineCheck } from '../../check.ts';
import { composePostgres } from '../../find/compose-postgres.ts';

/** Aurora's major version in chapter 2; a test holds it equal to the blueprint's. */
export const MAJOR = 17;

export default defineCheck({
  title: `docker-compose.yml に PostgreSQL ${MAJOR} がある`,
  why: '手元の PostgreSQL のメジャーバージョンが Aurora と違うと、手元で動いた SQL が本番で動かないことがあります。',
  read: (world) => composePostgres(world),
  judge: ({ file, postgres }) => {
    if (file === null)
      return { status: 'fail', evidence: 'ルートパッケージのフォルダーに docker-compose.yml がありません。' };
    if (!postgres) return { status: 'fail', evidence: `${file} に postgres のイメージを使うサービスがありません。` };
    const { service, image, major } = postgres;
    if (major === null) {
      return {
        status: 'fail',
        evidence: `${file} の ${service} のイメージ ${image} は、バージョンが決まっていません。`,
        expected: `postgres:${MAJOR} のように、メジャーバージョンを書く`,
      };
    }
    if (major !== MAJOR) {
      return { status: 'fail', evidence: `${file} の ${service} は PostgreSQL ${major}（${image}）です。` };
    }
    const missing = [
      postgres.healthcheck ? null : 'healthcheck（起動し終えたかどうか）',
      postgres.volume ? null : 'volumes（コンテナを消しても残るデータ）',
      postgres.ports.length > 0 ? null : 'ports（この機械から見えるポート）',
    ].filter((part) => part !== null);
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `${file} の ${service} に ${missing.join('と ')} がありません。`,
        expected: `healthcheck、volumes、ports のある PostgreSQL ${MAJOR}`,
      };
    }
    return { status: 'pass', evidence: `${file} の ${service} は ${image} です。` };
  },
  fix: {
    console: 'エディターでルートに docker-compose.yml を作り、本文の内容を写します。',
    cli: `docker-compose.yml の image を postgres:${MAJOR}-alpine にし、healthcheck、volumes、ports を書きます。`,
    cdk: '手元のデータベースは CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-1/02-database.md#docker-compose',
});
