import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress, NO_ADDRESS } from '../../find/api-address.ts';
import type { Handshake } from '../../ports/tls.ts';

const DAY = 24 * 60 * 60 * 1000;
/** AWS renews 60 days before the end; with less than this left, it has not been able to. */
const MARGIN = 14;

interface Facts {
  host: string;
  handshake: Handshake | null;
  now: Date;
}

export default defineCheck({
  title: 'ブラウザが API の証明書を信頼する',
  why: '期限切れや名前違いの証明書では、ブラウザが接続を止め、画面には「つながりません」としか出ません。',
  needs: ['chapter-4/frontend-env/address'],
  read: async (world): Promise<Facts> => {
    const address = await apiAddress(world);
    const url = address && URL.parse(address.url);
    if (url?.protocol !== 'https:') return { host: '', handshake: null, now: world.now };
    return {
      host: url.hostname,
      handshake: await world.tls.handshake(url.hostname, Number(url.port || 443)),
      now: world.now,
    };
  },
  judge: ({ host, handshake, now }): Judgement => {
    const certificate = handshake?.certificate;
    if (!certificate) return NO_ADDRESS;
    const until = new Date(certificate.until);
    const day = certificate.until.slice(0, 10);
    if (until < now) return { status: 'fail', evidence: `${host} の証明書は ${day} に期限が切れました。` };
    if (new Date(certificate.from) > now) {
      return {
        status: 'fail',
        evidence: `${host} の証明書は ${certificate.from.slice(0, 10)} からのもので、まだ使えません。`,
      };
    }
    switch (handshake.problem) {
      case null:
        break;
      case 'ERR_TLS_CERT_ALTNAME_INVALID':
        return {
          status: 'fail',
          evidence: `${host} の証明書が、別の名前（${certificate.hosts.join('、')}）のものです。`,
          expected: `${host} を含む証明書`,
        };
      case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      case 'UNABLE_TO_GET_ISSUER_CERT':
      case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      case 'DEPTH_ZERO_SELF_SIGNED_CERT':
      case 'SELF_SIGNED_CERT_IN_CHAIN':
        return {
          status: 'fail',
          evidence: `${host} の証明書の発行元（${certificate.issuer}）を、ブラウザは信頼しません（${handshake.problem}）。自分で作った証明書か、途中の証明書が足りません。`,
        };
      default:
        return { status: 'fail', evidence: `${host} の証明書を、ブラウザは信頼しません（${handshake.problem}）。` };
    }
    if (until.getTime() - now.getTime() < MARGIN * DAY) {
      return {
        status: 'fail',
        evidence: `${host} の証明書の期限が ${day} に迫っています。自動の更新ができていません。`,
        expected: `期限まで${MARGIN}日以上ある`,
      };
    }
    return { status: 'pass', evidence: `${certificate.hosts.join('、')}（${day} まで、${certificate.issuer} が発行）` };
  },
  fix: {
    console:
      '「Certificate Manager」で、この名前の証明書をリクエストして DNS で検証し、「EC2」>「ロードバランサー」の 443番のリスナーの「デフォルト SSL/TLS 証明書」をそれに替えます。',
    cli: 'aws elbv2 modify-listener --listener-arn リスナーのARN --certificates CertificateArn=証明書のARN',
    cdk: 'pnpm solve chapter-2 load-balancer が、発行された証明書の ARN をスタックに渡します。',
  },
  console: 'acm/home#/certificates/list',
  doc: 'chapters/chapter-4/01-frontend-env.md#証明書',
});
