import { defineCheck } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { LookError } from '../../ports/look-error.ts';

export default defineCheck({
  title: 'Wrangler が Cloudflare にログインしている',
  why: '第5章で画面を公開するとき、Wrangler が Cloudflare に送ります。アカウントとメールの確認は、先に済ませられます。',
  read: async (world) => {
    // Wrangler asks Cloudflare over the internet, so not for nothing.
    if (await inRehearsal(world)) return 'rehearsal';
    const { found, exitCode, stdout, stderr } = await world.run('wrangler', ['whoami']);
    if (!found) return 'missing';
    const said = `${stdout}\n${stderr}`;
    if (/not authenticated/i.test(said)) return 'signed-out';
    if (/logged in|associated with the email|Account ID/i.test(said)) return 'signed-in';
    throw new LookError({
      port: 'run',
      action: 'wrangler whoami',
      name: `exit ${exitCode}`,
      message: said.trim().split('\n').at(-1) ?? '',
      code: null,
      status: null,
    });
  },
  judge: (state) => {
    switch (state) {
      case 'rehearsal':
        return {
          status: 'pass',
          evidence: 'リハーサルでは、Cloudflare の代わりに手元の workerd で動かします。',
          advice: 'リハーサルでは見ていません。第5章で公開する前に、Cloudflare のアカウントを用意してください。',
        };
      case 'signed-in':
        return { status: 'pass', evidence: 'wrangler whoami がアカウントを答えました。' };
      case 'signed-out':
        return { status: 'fail', evidence: 'Wrangler は Cloudflare にログインしていません。' };
      case 'missing':
        return {
          status: 'fail',
          evidence: 'Wrangler が見つかりません。',
          expected: 'リポジトリの道具が入っている',
          fix: { cli: 'npm start（足りないものを入れます）' },
        };
    }
  },
  fix: {
    console: 'dash.cloudflare.com でアカウントを作り、メールの確認を済ませます。',
    cli: 'pnpm --filter @blog-aws-practice/frontend exec wrangler login',
    cdk: 'Cloudflare は CDK では扱いません。',
  },
  console: null,
  doc: 'chapters/preflight/05-services.md#cloudflare-のアカウントを作る',
});
