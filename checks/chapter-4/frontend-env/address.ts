import { defineCheck, type Judgement } from '../../check.ts';
import { type ApiAddress, apiAddress } from '../../find/api-address.ts';
import type { Handshake } from '../../ports/tls.ts';

interface Facts {
  address: ApiAddress | null;
  /** Null where there is nobody to shake hands with: no address, or one without TLS. */
  handshake: Handshake | null;
}

const FROM = { choice: '--url で選んだ', certificate: '証明書の名前から見つけた', cloudfront: 'CloudFront の' };

export default defineCheck({
  title: 'API の URL がわかり、外から HTTPS でつながる',
  why: '画面は、この URL だけを頼りに API を呼びます。https のページから http の API は、ブラウザが止めます。',
  read: async (world): Promise<Facts> => {
    const address = await apiAddress(world);
    const url = address && URL.parse(address.url);
    const secure = url?.protocol === 'https:';
    return { address, handshake: secure ? await world.tls.handshake(url.hostname, Number(url.port || 443)) : null };
  },
  judge: ({ address, handshake }): Judgement => {
    if (!address) {
      return {
        status: 'fail',
        evidence:
          'API の URL がわかりません。443番のリスナーの証明書にも、ロードバランサーの前の CloudFront にも、ホスト名が1つに決まるものがありませんでした。',
        fix: { cli: 'pnpm check chapter-4 --url https://api.example.com のように、自分の API の URL を指定します。' },
      };
    }
    const { url, from } = address;
    const { hostname } = new URL(url);
    if (!handshake) {
      return { status: 'fail', evidence: `${FROM[from]} URL が ${url} で、暗号化されない http です。` };
    }
    switch (handshake.refusal) {
      case null:
        return { status: 'pass', evidence: `${FROM[from]} ${url} に、${handshake.protocol} でつながりました。` };
      case 'ENOTFOUND':
        return {
          status: 'fail',
          evidence: `${hostname} という名前が DNS にありません。`,
          expected: `${hostname} が、ロードバランサーの DNS 名を指す CNAME（またはエイリアス）として登録されている`,
        };
      case 'ECONNREFUSED':
        return { status: 'fail', evidence: `${url} は、接続を断りました。443番で待っているものがありません。` };
      default:
        return {
          status: 'fail',
          evidence: `${url} で TLS の握手ができません（${handshake.refusal}）。443番のリスナーのプロトコルが HTTP になっていないか見てください。`,
        };
    }
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で 443番のリスナーと証明書を確かめ、ドメインの DNS に、ロードバランサーの DNS 名を指す CNAME レコードを登録します。',
    cli: 'curl -sv https://api.example.com/health',
    cdk: 'pnpm solve chapter-2 load-balancer が作ります。ドメインの DNS レコードだけは、自分で登録します。',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-4/01-frontend-env.md#api-の住所',
});
