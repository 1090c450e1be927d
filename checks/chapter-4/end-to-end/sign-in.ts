import { defineCheck, type Judgement } from '../../check.ts';
import { pageOrigins } from '../../find/page-origins.ts';

export default defineCheck({
  title: '試すための利用者で、画面からログインできる',
  why: '身分証は Supabase が渡し、サーバーが確かめます。両方の設定が合って、初めて入れます。',
  needs: ['chapter-4/end-to-end/reading'],
  read: async (world) => {
    const [page = ''] = await pageOrigins(world);
    return { page, journey: await world.browser.writeBlog(page) };
  },
  judge: ({ page, journey: { stages } }): Judgement => {
    const entered = stages.find(({ name }) => name === 'sign-in');
    if (entered?.ok) return { status: 'pass', evidence: `${page} でログインできました。` };
    return {
      status: 'fail',
      evidence: `${page} でログインできません。画面には「${entered?.said || '何も出ていません'}」と出ています。`,
    };
  },
  fix: {
    console:
      'Supabase の「Authentication」>「Users」で、試すための利用者がいて、確認済み（Confirmed）かを見ます。「URL Configuration」に画面の URL があるかも見ます。',
    cli: 'export BLOG_TEST_EMAIL=試すための利用者のメール BLOG_TEST_PASSWORD=そのパスワード',
    cdk: '利用者は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-4/03-end-to-end.md#入る',
});
