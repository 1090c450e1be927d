import { defineCheck } from '../../check.ts';
import { appDatabase } from '../../find/app-database.ts';

export default defineCheck({
  title: 'Prisma スキーマの接続先が PostgreSQL になっている',
  why: 'provider は、Prisma が作る SQL と型の方言を決めます。sqlite のままでは、PostgreSQL に一つの問い合わせも送れません。',
  read: async (world) => (await appDatabase(world)).schema,
  judge: (schema) => {
    if (!schema) return { status: 'fail', evidence: 'サーバーのパッケージに schema.prisma が見つかりません。' };
    const at = `${schema.file}:${schema.line}`;
    if (schema.provider === 'postgresql' || schema.provider === 'postgres') {
      return { status: 'pass', evidence: `${at} の provider は postgresql です。` };
    }
    return {
      status: 'fail',
      evidence: `${at} の provider が ${schema.provider ?? '（なし）'} です。`,
      expected: 'provider は postgresql',
      fix: { cli: `${schema.file} の ${schema.line} 行目を provider = "postgresql" に書き換えます。` },
    };
  },
  fix: {
    console: 'エディターで schema.prisma の datasource を開き、provider を書き換えます。',
    cli: 'schema.prisma の datasource の provider を "postgresql" に書き換えます。',
    cdk: 'Prisma スキーマは CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/02-database.md#prisma-スキーマ',
});
