/**
 * Why a database of the learner's own can't be used, as one Japanese sentence; null where it can. Only this machine's own:
 * `npm start` migrates and seeds, and nobody wants that to happen to a database elsewhere by a forgotten variable.
 *
 * @param text DATABASE_URL
 * @param host PGHOST, which PostgreSQL's clients use where the URL names no host
 */
export function whyNotDatabase(text: string, host = 'localhost'): string | null {
  const example = 'postgresql://ユーザー:パスワード@localhost:5432/データベース';
  const otherwise = 'DATABASE_URL を外すと、付属の PostgreSQL を使います。';
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return `DATABASE_URL を読めません（${example} の形で書きます）。${otherwise}`;
  }
  if (url.protocol !== 'postgresql:' && url.protocol !== 'postgres:')
    return `DATABASE_URL は「${url.protocol}//」で始まっています（postgresql:// で始まる、PostgreSQL のものが必要です）。${otherwise}`;
  if (url.pathname.length < 2) return `DATABASE_URL にデータベースの名前がありません（${example} の形で書きます）。`;
  // `?host=` wins over the authority in pg, as in libpq.
  const hosts = url.searchParams.get('host') ?? (url.hostname || host);
  const stranger = hosts.split(',').find((each) => !isLoopback(decodeURIComponent(each)));
  if (stranger === undefined) return null;
  return `DATABASE_URL のホスト ${stranger} はこの機械ではないので、使いません（マイグレーションと見本の記事を入れるため、localhost だけを許しています）。${otherwise}`;
}

function isLoopback(host: string): boolean {
  if (host.startsWith('/')) return true; // the folder of a Unix socket
  const name = host.replace(/^\[|\]$/g, '').toLowerCase();
  return name === 'localhost' || name === '::1' || /^127\.\d+\.\d+\.\d+$/.test(name);
}
