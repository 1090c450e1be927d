import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type Certificate, certificate, certificates } from '../../find/certificates.ts';
import { type HttpsWay, httpsWay } from '../../find/https-way.ts';
import { listeners } from '../../find/listeners.ts';

interface Facts {
  way: HttpsWay;
  /** The certificate that the 443 listener names. */
  arn: string | null;
  found: Resource<Certificate> | null;
  /** Where the listener names none: those of the region. */
  all: Resource<Certificate>[];
  now: Date;
}

const DAY = 24 * 60 * 60 * 1000;

export default defineCheck({
  title: 'HTTPS の証明書が発行されている',
  why: '証明書は「このドメインは本物です」という身分証です。発行されていない、または期限が切れた証明書では、ブラウザが接続を断ります。',
  needs: ['chapter-2/load-balancer/load-balancer'],
  read: async (world): Promise<Facts> => {
    const [all, way] = await Promise.all([listeners(world), httpsWay(world)]);
    const arn = all.find(({ properties }) => properties.port === 443)?.properties.certificate ?? null;
    if (way === 'cloudfront') return { way, arn, found: null, all: [], now: world.now };
    if (arn !== null) return { way, arn, found: await certificate(world, arn), all: [], now: world.now };
    // Before there is a listener it is asked for, and waits for its DNS record.
    return { way, arn, found: null, all: await certificates(world), now: world.now };
  },
  judge: ({ way, arn, found, all, now }): Judgement => {
    if (way === 'cloudfront') {
      return {
        status: 'pass',
        evidence: 'CloudFront の証明書（*.cloudfront.net）を使います。自分の証明書は要りません。',
      };
    }
    const one = found ?? all.find(({ properties }) => properties.status === 'ISSUED') ?? all[0];
    if (!one) {
      return {
        status: 'fail',
        evidence: arn
          ? `443番のリスナーの証明書 ${arn} が、このリージョンの ACM にありません。`
          : 'このリージョンに証明書がありません。us-east-1（バージニア北部）など別のリージョンの証明書は、東京のロードバランサーには使えません。',
      };
    }
    const { hosts, status, failure, records, expires } = one.properties;
    const resources = [one];
    const label = `${hosts[0] ?? ''} の証明書 ${one.id}`;
    if (status === 'PENDING_VALIDATION') return { status: 'pending', evidence: waitsFor(label, records), resources };
    if (status !== 'ISSUED') {
      return {
        status: 'fail',
        evidence: `${label} の状態が ${status} です。${failure ?? ''}`,
        resources,
      };
    }
    if (expires && expires < now) {
      return { status: 'fail', evidence: `${label} は ${date(expires)} に期限が切れました。`, resources };
    }
    if (expires && expires.getTime() - now.getTime() < 14 * DAY) {
      return {
        status: 'fail',
        evidence: `${label} の期限が ${date(expires)} に迫っています。DNS の検証レコードが残っていれば AWS が自動で更新しますが、まだ更新されていません。`,
        resources,
      };
    }
    return { status: 'pass', evidence: `${hosts.join('、')}${expires ? `（${date(expires)} まで）` : ''}`, resources };
  },
  fix: {
    console:
      '「Certificate Manager」>「証明書をリクエスト」で自分のドメインを入力して「DNS 検証」を選び、表示された CNAME レコードをドメインの DNS に登録します。リージョンは、ロードバランサーと同じ東京にします。',
    cli: 'aws acm request-certificate --domain-name api.example.com --validation-method DNS',
    cdk: '証明書はスタックより先に作ります。pnpm solve chapter-2 load-balancer が DNS レコードを表示し、発行された証明書の ARN をスタックに渡します。',
  },
  console: 'acm/home#/certificates/list',
  doc: 'chapters/chapter-2/06-load-balancer.md#証明書',
});

function waitsFor(label: string, records: { name: string; value: string }[]): string {
  const record = records[0];
  if (!record) return `${label} は検証待ちです。検証用の DNS レコードが、まもなく表示されます。`;
  return `${label} は検証待ちです。ドメインの DNS に CNAME レコード ${record.name} → ${record.value} があるか確かめてください。登録してから発行までは、ふつう数分から30分ほどです。`;
}

const date = (at: Date) => at.toISOString().slice(0, 10);
