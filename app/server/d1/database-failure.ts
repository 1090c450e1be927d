/**
 * Why PostgreSQL could not be reached or did not take the rows, as a Japanese sentence; null for a mistake of our own.
 * Codes: https://www.postgresql.org/docs/current/errcodes-appendix.html. The URL is never shown: it holds the password.
 */
export function databaseFailure(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const code = 'code' in error ? String(error.code) : '';
  const table = 'table' in error && typeof error.table === 'string' ? `（${error.table}）` : '';
  const known = SENTENCES[code];
  if (known !== undefined) return known.replace('{table}', table);
  if (code.startsWith('23')) {
    const detail = 'detail' in error && typeof error.detail === 'string' ? error.detail : error.message;
    return `PostgreSQL の制約に合わない行があるので移せません${table}。D1 でその行を直してから、書き出し直してください（${detail}）。`;
  }
  if (code.startsWith('08') || error.message.startsWith('Connection terminated')) return LOST;
  return null;
}

const LOST = 'PostgreSQL との接続が途中で切れました。もう一度実行してください。';
const UNREACHABLE =
  'PostgreSQL につながりません。動いているか、DATABASE_URL のホスト名とポートが合っているかを確かめてください。';

const SENTENCES: Record<string, string> = {
  ECONNREFUSED: UNREACHABLE,
  ENOTFOUND: UNREACHABLE,
  EAI_AGAIN: UNREACHABLE,
  ETIMEDOUT: UNREACHABLE,
  EHOSTUNREACH: UNREACHABLE,
  ECONNRESET: LOST,
  EPIPE: LOST,
  '57P01': LOST,
  '28P01': 'PostgreSQL の利用者名かパスワードが違います。DATABASE_URL を確かめてください。',
  '28000': 'PostgreSQL がこの接続を許していません。DATABASE_URL を確かめてください。',
  '3D000': 'DATABASE_URL のデータベースがありません。名前を確かめるか、先に作ってください。',
  '42P01': '移す先にブログのテーブルがありません。先にマイグレーションを適用してください。',
  '42703': '移す先のテーブルの列が、このブログのものと違います。マイグレーションをすべて適用してください。',
  '42501': 'この利用者には、ブログのテーブル{table}へ書き込む権限がありません。',
  '25006': '移す先が読み取り専用です。ライター（書き込み用）のエンドポイントを指定してください。',
  '55P03': 'ほかの処理がブログのテーブルを使い続けています。サーバーを止めてから、もう一度実行してください。',
  '53100': 'PostgreSQL のディスクがいっぱいです。',
};
