import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { type HttpsWay, httpsWay } from '../../find/https-way.ts';
import { type Listener, listeners } from '../../find/listeners.ts';

export default defineCheck({
  title: '80番のリスナーが、暗号化されていない通信を中へ通さない',
  why: 'http:// で開いた人を https:// へ案内します。ここで中へ通してしまうと、ログインの情報が暗号化されないまま流れます。',
  needs: ['chapter-2/load-balancer/load-balancer'],
  read: async (world) => {
    const [all, way] = await Promise.all([listeners(world), httpsWay(world)]);
    return { listener: all.find(({ properties }) => properties.port === 80), way };
  },
  judge: ({ listener, way }): Judgement => {
    if (!listener) {
      return { status: 'fail', evidence: 'ロードバランサーに 80番のリスナーがありません。', expected: EXPECTED[way] };
    }
    return way === 'domain' ? judgeRedirect(listener) : judgeCloudFrontOnly(listener);
  },
  fix: {
    console:
      '「EC2」>「ロードバランサー」で選び、「リスナーとルール」タブで HTTP:80 を選んで「リスナーの編集」を開き、アクションを「URL にリダイレクト」、プロトコル HTTPS、ポート 443、ステータスコード 301 にします。',
    cli: 'aws elbv2 create-listener --load-balancer-arn <ARN> --protocol HTTP --port 80 --default-actions Type=redirect,RedirectConfig="{Protocol=HTTPS,Port=443,StatusCode=HTTP_301}"',
    cdk: 'pnpm solve chapter-2 load-balancer（infra/constructs/load-balancer.ts の Http リスナーが作ります）',
  },
  console: 'ec2/home#LoadBalancers:',
  doc: 'chapters/chapter-2/06-load-balancer.md#リスナー',
});

const EXPECTED: Record<HttpsWay, string> = {
  domain: '80番が HTTPS の 443番へリダイレクトする',
  cloudfront: '80番が、CloudFront の付けるヘッダーのない通信を断る',
};

function judgeRedirect(listener: Resource<Listener>): Judgement {
  const resources = [listener];
  const { protocol, actions, rules } = listener.properties;
  const fail = (evidence: string): Judgement => ({
    status: 'fail',
    evidence,
    expected: EXPECTED.domain,
    resources,
    fix: {
      cli: `aws elbv2 modify-listener --listener-arn ${listener.arn} --protocol HTTP --port 80 --default-actions Type=redirect,RedirectConfig="{Protocol=HTTPS,Port=443,StatusCode=HTTP_301}"`,
    },
  });
  if (protocol !== 'HTTP') return fail(`80番のリスナーのプロトコルが ${protocol} です。`);
  const through = rules.find((rule) => rule.actions.some(({ kind }) => kind === 'forward'));
  if (through) {
    return fail(
      `80番のリスナーの優先度 ${through.priority} のルール（${through.conditions.join('、')}）が、暗号化されていない通信をターゲットグループへ転送しています。`,
    );
  }
  const [action] = actions;
  if (action?.kind === 'forward') {
    return fail('80番のリスナーが、暗号化されていない通信をそのままターゲットグループへ転送しています。');
  }
  if (action?.kind !== 'redirect') return fail('80番のリスナーの既定のアクションが、リダイレクトではありません。');
  const { protocol: to, port, host } = action;
  const samePort = port === '80' || port === '#{port}';
  if (to !== 'HTTPS' && samePort && host === '#{host}') {
    return fail('80番のリスナーが自分自身（HTTP の 80番）へリダイレクトするため、ブラウザが同じ場所を回り続けます。');
  }
  if (to !== 'HTTPS') return fail(`80番のリスナーのリダイレクト先のプロトコルが ${to} です。`);
  if (port !== '443') {
    return fail(`80番のリスナーのリダイレクト先が、HTTPS の ${port === '#{port}' ? '80' : port} 番です。`);
  }
  if (host !== '#{host}') return fail(`80番のリスナーが、別のホスト ${host} へリダイレクトしています。`);
  return { status: 'pass', evidence: '80番は HTTPS の 443番へリダイレクトします。', resources };
}

function judgeCloudFrontOnly(listener: Resource<Listener>): Judgement {
  const resources = [listener];
  const { actions, rules } = listener.properties;
  if (actions.some(({ kind }) => kind === 'forward')) {
    return {
      status: 'fail',
      evidence: '80番のリスナーの既定のアクションが転送なので、CloudFront を通らない通信も中へ入れます。',
      expected: EXPECTED.cloudfront,
      resources,
      fix: {
        console:
          '「リスナーとルール」タブで HTTP:80 の既定のアクションを「固定レスポンスを返す」（403）に変え、ヘッダー X-Origin-Verify が CloudFront と同じ値のときだけ転送するルールを足します。',
      },
    };
  }
  const guarded = rules.filter((rule) => rule.actions.some(({ kind }) => kind === 'forward'));
  const open = guarded.find(({ conditions }) => !conditions.some((condition) => condition.startsWith('http-header:')));
  if (open || guarded.length === 0) {
    return {
      status: 'fail',
      evidence: open
        ? `80番のリスナーの優先度 ${open.priority} のルールが、ヘッダーを確かめずに転送しています。`
        : '80番のリスナーに、CloudFront からの通信を転送するルールがありません。',
      expected: EXPECTED.cloudfront,
      resources,
    };
  }
  return { status: 'pass', evidence: '80番は CloudFront の付けるヘッダーがある通信だけを転送します。', resources };
}
