import { LookError, type LookFailure } from './ports/look-error.ts';

/** Why we could not look, for the learner. */
export interface Explanation {
  /** One Japanese sentence: what happened and what to do next. */
  sentence: string;
  /** The IAM action that is missing, e.g. `ec2:DescribeNatGateways`. */
  missingAction: string | null;
}

/** Puts an error of the check `id` into words. */
export type Explain = (error: unknown, id: string) => Explanation;

/**
 * Tells the reason of `unknown` from the error. The names are those of AWS's SDK v3, the codes those of Node.
 * @param rehearsalUp whether to offer the rehearsal where there are no credentials
 */
export function explainer(rehearsalUp: boolean): Explain {
  return (error, id) => {
    if (!(error instanceof LookError)) return ownMistake(error, id);
    const { failure } = error;
    const kind = KINDS.find(({ is }) => is(failure));
    const denied = kind?.denied === true;
    return {
      sentence: kind ? kind.say(failure, rehearsalUp) : unexpected(failure),
      missingAction: denied ? deniedAction(failure) : null,
    };
  };
}

interface Kind {
  is: (failure: LookFailure) => boolean;
  say: (failure: LookFailure, rehearsalUp: boolean) => string;
  denied?: boolean;
}

const named =
  (pattern: RegExp) =>
  ({ name }: LookFailure) =>
    pattern.test(name);

// The first that fits counts, so the special stands before the general.
const KINDS: Kind[] = [
  {
    is: named(/^GhUnavailable$/),
    say: () =>
      'GitHub CLI（gh）がないか、サインインしていないため確認できませんでした（gh を入れて `gh auth login` をしてから、もう一度実行してください）。',
  },
  {
    is: named(/^RegionMissing$/),
    say: (_failure, rehearsalUp) =>
      rehearsalUp
        ? 'AWS の設定がまだないため確認できませんでした（リハーサルが動いているので、--rehearsal を付けるとそちらを確認できます。本物の AWS を見るなら、`aws configure` でリージョンを ap-northeast-1 に設定し、`aws login` でサインインしてください）。'
        : 'リージョンが設定されていないため確認できませんでした（東京で作った環境なら、環境変数 AWS_REGION か `aws configure` で ap-northeast-1 を設定してください）。',
  },
  {
    is: named(/^RegionUnexpected$/),
    say: ({ message }) =>
      `設定されているリージョンが ${message} のため確認しませんでした（このワークブックは ap-northeast-1 に作ります。環境変数 AWS_REGION か \`aws configure\` の設定を直すか、わざと変えたのなら --region ${message} を付けてください）。`,
  },
  {
    is: ({ name, message }) =>
      /^(ExpiredToken(Exception)?|RequestExpired|TokenRefreshRequired)$/.test(name) ||
      (/^(CredentialsProvider|TokenProvider)Error$/.test(name) && /expired|refresh|reauthenticate/i.test(message)),
    say: () =>
      'AWS の認証情報の有効期限が切れているため確認できませんでした（`aws login` か `aws sso login` でサインインし直してから、もう一度実行してください）。',
  },
  {
    is: ({ name, message }) =>
      /^(CredentialsProvider|TokenProvider)Error$/.test(name) &&
      /profile/i.test(message) &&
      Boolean(process.env.AWS_PROFILE),
    say: () =>
      `プロファイル「${process.env.AWS_PROFILE}」の認証情報が見つからないため確認できませんでした（環境変数 AWS_PROFILE の綴りと、\`aws configure list-profiles\` の一覧を見比べてください）。`,
  },
  {
    is: named(/^(CredentialsProvider|TokenProvider)Error$/),
    say: (_failure, rehearsalUp) =>
      rehearsalUp
        ? 'AWS の認証情報が見つからないため確認できませんでした（リハーサルが動いているので、--rehearsal を付けるとそちらを確認できます。本物の AWS を見るなら `aws login` でサインインしてください）。'
        : 'AWS の認証情報が見つからないため確認できませんでした（`aws login` でサインインしてから、もう一度実行してください）。',
  },
  {
    is: ({ name, message }) =>
      name === 'RequestTimeTooSkewed' ||
      (name.startsWith('InvalidSignature') && /expired|not yet current/i.test(message)),
    say: () =>
      'この機械の時計がずれていて AWS に断られたため確認できませんでした（日付と時刻を自動設定にしてから、もう一度実行してください）。',
  },
  {
    is: named(
      /^(InvalidClientTokenId|UnrecognizedClientException|SignatureDoesNotMatch|InvalidSignatureException|AuthFailure|InvalidAccessKeyId|IncompleteSignature|MissingAuthenticationToken(Exception)?)$/,
    ),
    say: ({ name }) =>
      `AWS が認証情報を受け付けなかったため確認できませんでした（${name}。\`aws login\` でサインインし直すか、アクセスキーの写し間違いを確かめてください）。`,
  },
  {
    is: named(/^(OptInRequired|SubscriptionRequiredException)$/),
    say: ({ action }) =>
      `このアカウントかリージョンで ${service(action)} がまだ使えないため確認できませんでした（アカウントの有効化が終わっているか、AWS からのメールとリージョンの設定を確かめてください）。`,
  },
  {
    is: (failure) =>
      /^(AccessDenied(Exception)?|UnauthorizedOperation|Unauthorized(Exception)?|AuthorizationError(Exception)?|NotAuthorized.*)$/.test(
        failure.name,
      ) ||
      (failure.port === 'aws' && failure.status === 403),
    say: (failure) =>
      /service control policy/i.test(failure.message)
        ? `組織のポリシー（SCP）が ${deniedAction(failure)} を禁じているため確認できませんでした（組織の管理者に、この読み取りの許可を頼んでください）。`
        : `権限 ${deniedAction(failure)} がないため確認できませんでした（いまのユーザーかロールのポリシーに、この読み取りの許可を加えてください）。`,
    denied: true,
  },
  {
    is: (failure) =>
      /^(Throttl.*|RequestLimitExceeded|RequestThrottled.*|TooManyRequests.*|SlowDown|BandwidthLimitExceeded|ProvisionedThroughputExceededException)$/.test(
        failure.name,
      ) || failure.status === 429,
    say: ({ action }) =>
      `AWS への問い合わせが多すぎて ${action} を断られ、間をおいて繰り返しても通らなかったため確認できませんでした（1分ほど待ってから、もう一度実行してください）。`,
  },
  {
    is: ({ name, code }) => name === 'TimeoutError' || name === 'AbortError' || code === 'ETIMEDOUT',
    say: ({ action, port, message }) =>
      port === 'aws'
        ? `AWS が${Math.round(Number(/(\d+) ?ms/.exec(message)?.[1] ?? 5000) / 1000)}秒以内に ${action} へ答えなかったため確認できませんでした（ネットワークの接続やプロキシの設定を確かめて、もう一度実行してください）。`
        : `${action} が時間内に終わらなかったため確認できませんでした（もう一度実行してください）。`,
  },
  {
    is: ({ code, port }) =>
      port === 'aws' &&
      code !== null &&
      /^(ECONN|ENOTFOUND|EAI_|EHOST|ENET|EPIPE|ERR_TLS|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/.test(code),
    say: ({ code, message }) =>
      `AWS のエンドポイントにつながらないため確認できませんでした（${code}${address(message)}。ネットワークの接続と、環境変数 AWS_ENDPOINT_URL を設定しているならその行き先を確かめてください）。`,
  },
  {
    is: named(/^NoBrowser$/),
    say: () =>
      'この機械に Chrome、Chromium、Edge のどれも見つからないため確認できませんでした（どれかを入れるか、環境変数 CHROMIUM_PATH で場所を指定してください）。',
  },
  {
    is: named(/^NoTestUser$/),
    say: () =>
      '書いて消すための利用者がわからないため確認できませんでした（試すためだけの利用者を作り、環境変数 BLOG_TEST_EMAIL と BLOG_TEST_PASSWORD に入れて、もう一度実行してください。値は記録しません）。',
  },
  {
    is: named(/^NoEngine$/),
    say: () =>
      'この機械で Docker か Podman が動いていないため、イメージのビルドは確認していません（起動してから、もう一度実行してください。なくても先へ進めます）。',
  },
  {
    is: named(/^NoPostgres$/),
    say: ({ message }) =>
      `試しに使う PostgreSQL をこの機械で起動できないため確認できませんでした（${short(message)}）。`,
  },
  {
    is: named(/^NothingTells$/),
    say: () =>
      'サーバーの /ready に外から届かず、マイグレーションを実行した記録（止まったばかりのタスクとロググループ）も見つからないため確認できませんでした（マイグレーションのタスクをもう一度実行すると、記録が残ります。済んでいるものは飛ばすので、何度実行しても安全です）。',
  },
  {
    is: named(/^NoCommitTells$/),
    say: ({ message }) =>
      `動いているコミット ${message} が、いちばん新しく成功した公開のものかを確認できませんでした（GitHub は成功した実行を教えてくれず、このフォルダーの Git もそのコミットを知りません。\`gh auth login\` をするか、\`git fetch\` をしてから、もう一度実行してください）。`,
  },
  {
    is: named(/^PrismaFailed$/),
    say: ({ message }) =>
      `Prisma が答えを返さずに終わったため確認できませんでした（${short(message) || '何も表示しませんでした'}。もう一度実行しても同じなら、この文を添えて講師か Issue に知らせてください）。`,
  },
  {
    is: named(/^NotRecorded$/),
    say: ({ action }) =>
      `記録に ${action} の結果がないため確認できませんでした（同じ章とステップを指定して、--record で記録し直してください）。`,
  },
  {
    is: ({ name, status }) =>
      /^(UnknownOperation(Exception)?|InvalidAction|NotImplemented.*)$/.test(name) || status === 501,
    say: ({ action }) =>
      `いまのエンドポイントは ${action} に対応していないため確認できませんでした（本物の AWS で確認してください）。`,
  },
  {
    is: ({ port, status }) => port === 'aws' && status !== null && status >= 500,
    say: ({ action, name }) =>
      `AWS の側の不具合で ${action} が失敗したため確認できませんでした（${name}。少し待ってから、もう一度実行してください）。`,
  },
];

/** The IAM action that AWS names in its refusal, which may differ from the call's own; else the call's. */
function deniedAction({ message, action }: LookFailure): string {
  return /perform: ([a-z0-9-]+:\w+)/.exec(message)?.[1] ?? action;
}

function service(action: string): string {
  return action.split(':')[0] ?? action;
}

function address(message: string): string {
  const found = /(?:ECONN\w+|ENOTFOUND|EAI_AGAIN) (\S+)/.exec(message)?.[1];
  return found ? `、${found}` : '';
}

function unexpected({ action, name, message }: LookFailure): string {
  return `${action} が思いがけない答え（${name}${message ? `: ${short(message)}` : ''}）を返したため確認できませんでした（もう一度実行しても同じなら、この文を添えて講師か Issue に知らせてください）。`;
}

function ownMistake(error: unknown, id: string): Explanation {
  if (process.env.DEBUG) console.error(error);
  const what = error instanceof Error ? `${error.name}: ${short(error.message)}` : short(String(error));
  return {
    sentence: `チェック ${id} 自身の不具合で確認できませんでした（あなたの環境のせいではありません。「${what}」を添えて講師か Issue に知らせてください。DEBUG=1 を付けると詳細が出ます）。`,
    missingAction: null,
  };
}

function short(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > 120 ? `${line.slice(0, 119)}…` : line;
}
