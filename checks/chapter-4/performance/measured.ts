import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress } from '../../find/api-address.ts';
import { measurement } from '../../find/measurement.ts';

const DAY = 24 * 60 * 60 * 1000;
const FRESH = 7;

interface Facts {
  api: string | null;
  found: { url: string; at: string; load: { rate: number; seconds: number }; answers: number; failed: number } | null;
  now: Date;
}

export default defineCheck({
  title: 'この API の速さを、この1週間のうちに測った',
  why: '測っていない速さは、思い込みです。サーバーを変えた日の前と後で測ると、変わったことに気づけます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: async (world): Promise<Facts> => {
    const [address, found] = await Promise.all([apiAddress(world), measurement(world)]);
    return { api: address?.url ?? null, found, now: world.now };
  },
  judge: ({ api, found, now }): Judgement => {
    if (!found) return { status: 'fail', evidence: '測った記録がありません。' };
    if (found.url !== api) {
      return { status: 'fail', evidence: `最後に測ったのは ${found.url} で、いまの API（${api}）ではありません。` };
    }
    const days = Math.floor((now.getTime() - new Date(found.at).getTime()) / DAY);
    if (days >= FRESH) {
      return { status: 'fail', evidence: `最後に測ったのは${days}日前です。`, expected: `${FRESH}日以内に測っている` };
    }
    const asked = found.load.rate * found.load.seconds;
    if (found.answers + found.failed < asked * 0.9) {
      return {
        status: 'fail',
        evidence: `${asked}回送るつもりが、${found.answers + found.failed}回で終わっています。途中で止めたか、答えが遅すぎました。`,
      };
    }
    return {
      status: 'pass',
      evidence: `${found.at.slice(0, 10)} に、1秒に${found.load.rate}回・${found.load.seconds}秒間、測りました。`,
    };
  },
  fix: {
    console: '端末で測ります。AWS の画面では、CloudWatch の TargetResponseTime の p95 を見られます。',
    cli: 'pnpm measure',
    cdk: '測るのは CDK ではなく、人のすることです。',
  },
  console: 'cloudwatch/home#metricsV2:',
  doc: 'chapters/chapter-4/04-performance.md#測る',
});
