import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress, NO_ADDRESS } from '../../find/api-address.ts';
import type { Answered } from '../../ports/http.ts';
import type { Reached } from '../../ports/tcp.ts';

interface Facts {
  /** The address without TLS, e.g. `http://api.example.com/graphql`; null where no address is known. */
  plain: string | null;
  host: string;
  /** What the port without TLS says to a knock. */
  reached: Reached;
  answered: Answered | null;
}

export default defineCheck({
  title: 'http で来た人を https へ送る',
  why: '平文のまま答えると、途中のだれでも身分証を読めます。何も答えないと、http:// と打った人には壊れて見えます。',
  needs: ['chapter-4/frontend-env/address'],
  read: async (world): Promise<Facts> => {
    const url = URL.parse((await apiAddress(world))?.url ?? '');
    if (!url) return { plain: null, host: '', reached: 'silent', answered: null };
    const plain = `${world.choice.plainUrl ?? `http://${url.hostname}`}/graphql`;
    const reached = await world.tcp.connect(url.hostname, Number(new URL(plain).port || 80));
    return { plain, host: url.hostname, reached, answered: reached === 'open' ? await world.http.get(plain) : null };
  },
  judge: ({ plain, host, reached, answered }): Judgement => {
    if (plain === null) return NO_ADDRESS;
    if (!answered) {
      const how = reached === 'refused' ? '断られました' : '返事がありません';
      return {
        status: 'fail',
        evidence: `${plain} は${how}。80番のリスナーがないか、セキュリティグループが80番を通していません。`,
      };
    }
    const { status, headers } = answered;
    if (status < 300 || status >= 400) {
      return { status: 'fail', evidence: `${plain} が、https へ送らずに HTTP ${status} で答えました。` };
    }
    const target = URL.parse(headers.location ?? '', plain);
    if (target?.protocol !== 'https:') {
      return {
        status: 'fail',
        evidence: `${plain} の送り先が ${headers.location ?? '（なし）'} で、https ではありません。このままでは同じところを回り続けます。`,
      };
    }
    if (target.hostname !== host || target.pathname !== '/graphql') {
      return {
        status: 'fail',
        evidence: `${plain} の送り先が ${target.href} です。ホスト名かパスが変わっています。`,
        expected: `https://${host}/graphql へ送る`,
      };
    }
    return {
      status: 'pass',
      evidence: `HTTP ${status} で ${target.href} へ送ります。`,
      ...(status === 301 || status === 308
        ? {}
        : {
            advice: `HTTP ${status} は「一時的」の意味です。301 にすると、ブラウザが覚えて次から直接 https に行きます。`,
          }),
    };
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で 80番のリスナーのデフォルトアクションを「URL にリダイレクト」、プロトコル HTTPS、ポート 443、ステータスコード 301 にします。Cloudflare を前に置いているなら、SSL/TLS のモードを「フル（厳密）」にします。',
    cli: `aws elbv2 modify-listener --listener-arn リスナーのARN --default-actions 'Type=redirect,RedirectConfig={Protocol=HTTPS,Port=443,StatusCode=HTTP_301}'`,
    cdk: 'infra/constructs/load-balancer.ts の80番のリスナーです。',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-4/01-frontend-env.md#80番から443番へ',
});
