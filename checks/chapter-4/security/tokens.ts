import { createHmac } from 'node:crypto';
import { defineCheck, type Judgement } from '../../check.ts';
import { askApi, NO_ADDRESS } from '../../find/api-address.ts';
import type { Answered } from '../../ports/http.ts';

type Facts = { kind: string; answered: Answered }[] | null;

export default defineCheck({
  title: 'にせの身分証（JWT）を断る',
  why: '署名を確かめない API では、だれでも「わたしは管理者です」と書いた身分証を自分で作れます。',
  needs: ['chapter-4/frontend-env/answers'],
  read: (world): Promise<Facts> =>
    askApi(world, (graphql) =>
      Promise.all(
        Object.entries(forged()).map(async ([kind, token]) => ({
          kind,
          answered: await world.http.query(graphql, '{ articles(first: 1) { nodes { id } } }', {
            authorization: `Bearer ${token}`,
          }),
        })),
      ),
    ),
  judge: (facts): Judgement => {
    if (!facts) return NO_ADDRESS;
    const taken = facts.filter(({ answered }) => !refused(answered));
    if (taken.length > 0) {
      return {
        status: 'fail',
        evidence: `身分証が${taken.map(({ kind, answered }) => `${kind}でも、HTTP ${answered.status} で答えました`).join('。')}。`,
        expected: 'HTTP 401 と UNAUTHENTICATED',
      };
    }
    return { status: 'pass', evidence: `${facts.map(({ kind }) => kind).join('、')}を断りました。` };
  },
  fix: {
    console: 'サーバーの身分証を確かめる場所を直し、新しいイメージを公開します。',
    cli: 'curl -si https://api.example.com/graphql -H "Authorization: Bearer garbage" -H "Content-Type: application/json" -d \'{"query":"{ __typename }"}\'',
    cdk: '直すのは app/server/src/auth/verifier.ts です。CDK では直せません。',
  },
  console: null,
  doc: 'chapters/chapter-4/05-security.md#身分証',
});

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Tokens that nobody who owns the keys has signed. They are the same in every run, so that a recording can be replayed. */
function forged(): Record<string, string> {
  const claims = {
    iss: 'https://example.supabase.co/auth/v1',
    aud: 'authenticated',
    role: 'authenticated',
    sub: '00000000-0000-4000-8000-000000000001',
    exp: 4_102_444_800,
  };
  const signed = (header: object, signature: (text: string) => string) => {
    const text = `${part({ typ: 'JWT', ...header })}.${part(claims)}`;
    return `${text}.${signature(text)}`;
  };
  return {
    でたらめな文字列: 'garbage',
    '署名のないもの（alg: none）': signed({ alg: 'none' }, () => ''),
    よくある合い言葉で署名したもの: signed({ alg: 'HS256' }, (text) =>
      createHmac('sha256', 'secret').update(text).digest('base64url'),
    ),
    署名だけを作り変えたもの: signed({ alg: 'ES256', kid: 'a' }, () => Buffer.alloc(64, 7).toString('base64url')),
  };
}

function refused({ status, body }: Answered): boolean {
  if (/"articles"\s*:\s*\{/.test(body)) return false;
  return status === 401 || status === 403 || /"UNAUTHENTICATED"/.test(body);
}
