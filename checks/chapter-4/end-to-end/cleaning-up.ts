import { defineCheck, type Judgement } from '../../check.ts';
import { pageOrigins } from '../../find/page-origins.ts';

export default defineCheck({
  title: '書いた記事を消すと、だれにも見えなくなる',
  why: '消したつもりのものが残るのは、書けないより困ります。このチェックが書いたものも、ここで消えます。',
  needs: ['chapter-4/end-to-end/writing'],
  read: async (world) => {
    const [page = ''] = await pageOrigins(world);
    return { page, journey: await world.browser.writeBlog(page) };
  },
  judge: ({ page, journey: { stages, leftOver } }): Judgement => {
    if (leftOver !== null) {
      return {
        status: 'fail',
        evidence: `このチェックが書いた ${page}${leftOver} を消せませんでした。画面から消してください。`,
      };
    }
    const stuck = stages.find(({ name, ok }) => !ok && (name === 'delete' || name === 'gone'));
    if (stuck) {
      return {
        status: 'fail',
        evidence: `${stuck.name === 'delete' ? '画面から記事を消せません' : '消した記事が、まだ見えます'}。画面には「${stuck.said || '何も出ていません'}」と出ています。`,
      };
    }
    return { status: 'pass', evidence: '書いた記事を消し、見えなくなったことを確かめました。' };
  },
  fix: {
    console: '画面で自分の記事を開き、「削除する」を押します。',
    cli: 'aws logs tail /ecs/blog-aws-practice-server --since 10m',
    cdk: '記事は CDK では消しません。',
  },
  console: null,
  doc: 'chapters/chapter-4/03-end-to-end.md#書いて消す',
});
