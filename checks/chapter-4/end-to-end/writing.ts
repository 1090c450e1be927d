import { defineCheck, type Judgement } from '../../check.ts';
import { pageOrigins } from '../../find/page-origins.ts';

export default defineCheck({
  title: '記事を書くと、一覧の上に出る',
  why: '身分証がサーバーに届き、データベースに書け、次の人が読める。ブログの仕事の全部が、この1回に入っています。',
  needs: ['chapter-4/end-to-end/sign-in'],
  read: async (world) => {
    const [page = ''] = await pageOrigins(world);
    return world.browser.writeBlog(page);
  },
  judge: ({ stages, calls }): Judgement => {
    const stuck = stages.find(({ name, ok }) => !ok && (name === 'write' || name === 'on-top'));
    if (stuck) {
      const refused = calls.find(({ status }) => status === null || status >= 400);
      return {
        status: 'fail',
        evidence: `${stuck.name === 'write' ? '記事を公開できません' : '公開した記事が一覧に出ません'}。画面には「${stuck.said || '何も出ていません'}」と出ています${refused ? `（API の答えは HTTP ${refused.status ?? 'なし'}）` : ''}。`,
      };
    }
    return { status: 'pass', evidence: '記事を公開し、一覧で見つけました。' };
  },
  fix: {
    console:
      'サーバーの SUPABASE_URL が、画面の VITE_SUPABASE_URL と同じプロジェクトかを見ます。違うと、身分証が断られます。',
    cli: 'aws logs tail /ecs/blog-aws-practice-server --since 10m',
    cdk: 'pnpm solve chapter-2 --supabase-url https://プロジェクトID.supabase.co',
  },
  console: null,
  doc: 'chapters/chapter-4/03-end-to-end.md#書いて消す',
});
