import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress, NO_ADDRESS } from '../../find/api-address.ts';
import type { Handshake } from '../../ports/tls.ts';

interface Facts {
  old: Handshake;
  now: Handshake;
}

export default defineCheck({
  title: '古い TLS（1.0 と 1.1）を断り、1.2 以上で話す',
  why: 'TLS 1.0 と 1.1 には、通信を読まれる弱点があり、2021年に規格から外されました（RFC 8996）。ブラウザも使いません。',
  needs: ['chapter-4/frontend-env/certificate'],
  read: async (world): Promise<Facts | null> => {
    const url = URL.parse((await apiAddress(world))?.url ?? '');
    if (url?.protocol !== 'https:') return null;
    const port = Number(url.port || 443);
    const [old, now] = await Promise.all([
      world.tls.handshake(url.hostname, port, 'TLSv1.1'),
      world.tls.handshake(url.hostname, port),
    ]);
    return { old, now };
  },
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const { old, now } = facts;
    if (old.protocol !== null) {
      return {
        status: 'fail',
        evidence: `${old.protocol === 'TLSv1' ? 'TLS 1.0' : 'TLS 1.1'} でもつながりました。`,
        expected: 'TLS 1.2 以上だけでつながる',
      };
    }
    if (now.protocol !== 'TLSv1.2' && now.protocol !== 'TLSv1.3') {
      return { status: 'fail', evidence: `ふつうにつなぐと ${now.protocol ?? now.refusal} でした。` };
    }
    return {
      status: 'pass',
      evidence: `古い TLS を断り（${old.refusal}）、${now.protocol} でつながりました。`,
      ...(now.protocol === 'TLSv1.3'
        ? {}
        : { advice: 'ELBSecurityPolicy-TLS13-1-2-2021-06 を選ぶと、握手の往復が1回少ない TLS 1.3 も使えます。' }),
    };
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」>「リスナー」で 443番を編集し、セキュリティポリシーを ELBSecurityPolicy-TLS13-1-2-2021-06 にします。',
    cli: 'aws elbv2 modify-listener --listener-arn リスナーのARN --ssl-policy ELBSecurityPolicy-TLS13-1-2-2021-06',
    cdk: 'infra/constructs/load-balancer.ts の sslPolicy です。',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-4/05-security.md#tls-の版',
});
