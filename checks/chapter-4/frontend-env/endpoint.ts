import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress } from '../../find/api-address.ts';
import { frontendEnvs } from '../../find/frontend-envs.ts';

interface Facts {
  /** The API's origin; null where it isn't known. */
  api: string | null;
  envs: { file: string; mode: string; endpoint: string }[];
  /** Whether they are the settings of a rehearsal's pages. */
  rehearsal: boolean;
}

const NAME = 'VITE_GRAPHQL_ENDPOINT';
const OWN_MACHINE = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export default defineCheck({
  title: '画面の設定が、この API を指している',
  why: '設定はビルドのときに画面へ埋め込まれます。1文字違うだけで、画面は存在しない相手を呼び続けます。',
  needs: ['chapter-4/frontend-env/address'],
  read: async (world): Promise<Facts> => {
    const [address, envs] = await Promise.all([apiAddress(world), frontendEnvs(world)]);
    return {
      api: address?.url ?? null,
      envs: envs.map(({ file, mode, value }) => ({ file, mode, endpoint: value(NAME) })),
      rehearsal: world.choice.pageSettings !== undefined,
    };
  },
  judge: ({ api, envs, rehearsal }): Judgement => {
    const expected = `${NAME}=${api ?? 'https://…'}/graphql`;
    if (envs.length === 0 && rehearsal) {
      return { status: 'fail', evidence: 'リハーサルの画面を、まだ公開していません。', expected, fix: REHEARSE };
    }
    if (envs.length === 0) return { status: 'fail', evidence: '画面の .env.development が見つかりません。', expected };
    const fix = rehearsal ? REHEARSE : {};
    const wrong = envs.flatMap(({ file, endpoint }) => {
      const mistake = endpoint === '' ? null : mistakeIn(endpoint, api);
      return mistake ? [`${file} の ${NAME} が ${endpoint} で、${mistake}。`] : [];
    });
    if (wrong.length > 0) return { status: 'fail', evidence: wrong.join(''), expected, fix };
    const right = envs.filter(({ endpoint }) => endpoint === `${api}/graphql`);
    if (right.length > 0) {
      return {
        status: 'pass',
        evidence: `${right.map(({ file }) => file).join('、')} が ${api}/graphql を指しています。`,
      };
    }
    const seen = envs.map(({ file, endpoint }) => `${file} は ${endpoint || '（空）'}`).join('、');
    return { status: 'fail', evidence: `この API を指す設定がありません（${seen}）。`, expected, fix };
  },
  fix: {
    console:
      'app/frontend/.env.development をエディターで開き、VITE_GRAPHQL_ENDPOINT を API の URL に /graphql を付けたものにします。',
    cli: 'cp app/frontend/.env.example app/frontend/.env.development',
    cdk: '画面の設定は CDK では作りません。',
  },
  console: null,
  doc: 'chapters/chapter-4/01-frontend-env.md#画面の設定',
});

const REHEARSE = {
  cli: 'pnpm rehearse page',
  console: '.local/rehearsal/page の .env.development と .env.production が、リハーサルの画面の設定です。',
};

/** What is wrong with an endpoint, whoever's it is; null for one that may be right. */
function mistakeIn(endpoint: string, api: string | null): string | null {
  const url = URL.parse(endpoint);
  if (!url) return 'URL として読めません';
  if (OWN_MACHINE.test(url.hostname) && url.host !== URL.parse(api ?? '')?.host) return null;
  if (url.protocol !== 'https:') return 'https ではありません。https のページからは、ブラウザが呼び出しを止めます';
  if (/\.elb\.amazonaws\.com$/.test(url.hostname)) {
    return 'ロードバランサーの DNS 名です。証明書の名前と合わないので、ブラウザが止めます';
  }
  if (url.origin !== api) return null;
  if (url.pathname === '/') return 'パスの /graphql がありません';
  if (url.pathname === '/graphql/') return '最後に余分な / があります';
  return url.pathname === '/graphql' ? null : `パスが ${url.pathname} です`;
}
