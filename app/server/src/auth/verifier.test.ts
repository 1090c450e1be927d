import { createHmac, createSign, generateKeyPairSync, KeyObject } from 'node:crypto';
import { exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Blog } from '../../test/blog.ts';

let blog: Blog;
beforeAll(async () => {
  blog = await Blog.start();
});
afterAll(() => blog.stop());

const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const now = () => Math.floor(Date.now() / 1_000);

/** Signs anything with the real key: what is wrong is then only what the case says. */
async function signed(claims: JWTPayload, header: Record<string, unknown> = {}): Promise<string> {
  const { issuer } = blog;
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid: issuer.kid, typ: 'JWT', ...header })
    .sign(issuer.pair.privateKey);
}

/** A token whose header and payload are put together by hand. */
function assembled(header: Record<string, unknown>, claims: JWTPayload, signature: string): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

async function askAs(authorization: string) {
  const response = await blog.fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization },
    // A query that visitors may run: a bad token must not pass for none.
    body: JSON.stringify({ query: '{ articles { nodes { id } } me { email } }' }),
  });
  return { status: response.status, headers: response.headers, body: (await response.json()) as AnswerBody };
}

interface AnswerBody {
  data?: { me: { email: string } | null };
  errors?: { message: string; extensions: { code: string } }[];
}

const good = () => blog.issuer.claims('hanako');
const without = (name: string) => {
  const { [name]: _, ...rest } = good();
  return rest;
};

/** Each makes a token that must be refused. */
const BAD: Record<string, () => Promise<string> | string> = {
  'an empty token': () => '',
  'one word': () => 'garbage',
  'two parts': () => 'a.b',
  'five parts (a JWE)': () => 'a.b.c.d.e',
  'parts that are not JSON': () => `${Buffer.from('x').toString('base64url')}.e30.c2ln`,
  'not base64url': async () => (await signed(good())).replace('.', '.=+/'),
  'alg none without signature': () => assembled({ alg: 'none', typ: 'JWT' }, good(), ''),
  'alg None, spelled to slip by': () => assembled({ alg: 'nOnE', typ: 'JWT' }, good(), 'e30'),
  'a signature cut off': async () => (await signed(good())).replace(/[^.]*$/, ''),
  'a signature half as long': async () => (await signed(good())).slice(0, -40),
  'a signature with one bit changed': async () => {
    const token = await signed(good());
    const at = token.lastIndexOf('.') + 5;
    return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  },
  'an all-zero signature': () =>
    assembled({ alg: 'ES256', kid: blog.issuer.kid }, good(), Buffer.alloc(64).toString('base64url')),
  'a payload exchanged under a good signature': async () => {
    const [header, , signature] = (await signed(good())).split('.');
    return `${header}.${encode(blog.issuer.claims('taro'))}.${signature}`;
  },
  'a header exchanged under a good signature': async () => {
    const [, payload, signature] = (await signed(good())).split('.');
    return `${encode({ alg: 'ES256', kid: blog.issuer.kid, typ: 'at+jwt' })}.${payload}.${signature}`;
  },
  'HS256 with the public key as the secret': async () => {
    const pem = await exportSPKI(blog.issuer.pair.publicKey);
    const signing = `${encode({ alg: 'HS256', kid: blog.issuer.kid, typ: 'JWT' })}.${encode(good())}`;
    return `${signing}.${createHmac('sha256', pem).update(signing).digest('base64url')}`;
  },
  'HS256 with the public JWK as the secret': () => {
    const signing = `${encode({ alg: 'HS256', kid: blog.issuer.kid, typ: 'JWT' })}.${encode(good())}`;
    return `${signing}.${createHmac('sha256', JSON.stringify(blog.issuer.keys[0])).update(signing).digest('base64url')}`;
  },
  'HS256 though no secret is configured': () =>
    new SignJWT(good()).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode('x'.repeat(32))),
  'RS256 by a key of the attacker under our kid': () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const signing = `${encode({ alg: 'RS256', kid: blog.issuer.kid })}.${encode(good())}`;
    return `${signing}.${createSign('sha256').update(signing).sign(privateKey).toString('base64url')}`;
  },
  'another ES256 key under our kid': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: blog.issuer.kid }).sign(privateKey);
  },
  'an algorithm that is not allowed (ES384)': async () => {
    const { privateKey } = await generateKeyPair('ES384');
    return new SignJWT(good()).setProtectedHeader({ alg: 'ES384', kid: blog.issuer.kid }).sign(privateKey);
  },
  'an algorithm that is not allowed (EdDSA)': async () => {
    const { privateKey } = await generateKeyPair('EdDSA');
    return new SignJWT(good()).setProtectedHeader({ alg: 'EdDSA', kid: blog.issuer.kid }).sign(privateKey);
  },
  'an unknown kid': () => signed(good(), { kid: 'nobody' }),
  'a kid that is a path': () => signed(good(), { kid: '../../../../dev/null' }),
  'its own key in the header (jwk)': async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = KeyObject.from(publicKey).export({ format: 'jwk' });
    return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', jwk }).sign(privateKey);
  },
  'a key by address in the header (jku)': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const jku = 'https://attacker.example/jwks.json';
    return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', kid: 'attacker', jku }).sign(privateKey);
  },
  'a certificate chain in the header (x5c)': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(good()).setProtectedHeader({ alg: 'ES256', x5c: ['MIIB'] }).sign(privateKey);
  },
  'a critical header that we do not know': () => {
    const header = { alg: 'ES256', kid: blog.issuer.kid, crit: ['evil'], evil: true };
    return assembled(header, good(), Buffer.alloc(64, 1).toString('base64url'));
  },
  'another project as issuer': () => signed({ ...good(), iss: 'https://other.supabase.co/auth/v1' }),
  'our issuer with a slash more': () => signed({ ...good(), iss: `${blog.issuer.issuer}/` }),
  'our issuer as a beginning': () => signed({ ...good(), iss: `${blog.issuer.issuer}.attacker.example` }),
  'no issuer': () => signed(without('iss')),
  'another audience': () => signed({ ...good(), aud: 'anon' }),
  'a second audience': () => signed({ ...good(), aud: ['authenticated', 'other'] }),
  'no audience': () => signed(without('aud')),
  'an hour past its end': () => signed({ ...good(), iat: now() - 7_200, exp: now() - 3_600 }),
  'ten seconds past its end': () => signed({ ...good(), iat: now() - 3_610, exp: now() - 10 }),
  'no end': () => signed(without('exp')),
  'an end that is text': () => signed({ ...good(), exp: '9999999999' as never }),
  'not yet valid (nbf)': () => signed({ ...good(), nbf: now() + 600 }),
  'issued in the future': () => signed({ ...good(), iat: now() + 600 }),
  'no subject': () => signed(without('sub')),
  'an empty subject': () => signed({ ...good(), sub: '' }),
  'a subject that is a number': () => signed({ ...good(), sub: 1 as never }),
  'the anonymous key (role anon)': () => signed({ ...good(), role: 'anon' }),
  'the secret key (role service_role)': () => signed({ ...good(), role: 'service_role' }),
  'no role': () => signed(without('role')),
  'a role inside user_metadata only': () => signed({ ...without('role'), user_metadata: { role: 'authenticated' } }),
  'a payload that is a list': () => assembled({ alg: 'ES256', kid: blog.issuer.kid }, [] as never, 'e30'),
  'a huge token': () => signed({ ...good(), padding: 'x'.repeat(9_000) }),
};

describe('refuses', () => {
  it.each(Object.keys(BAD))('%s', async (name) => {
    const token = await (BAD[name] as () => Promise<string> | string)();
    const { status, headers, body } = await askAs(`Bearer ${token}`);
    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
    expect(body.data).toBeUndefined();
    expect(body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    expect(body.errors?.[0]?.message).toContain('もう一度ログインしてください');
  });

  it('has at least thirty ways to be wrong', () => {
    expect(Object.keys(BAD).length).toBeGreaterThanOrEqual(30);
  });

  it.each(['Basic aGFuYWtvOnB3', 'bearer', 'Token x'])('another scheme: %s', async (authorization) => {
    expect((await askAs(authorization)).status).toBe(401);
  });

  it('a token larger than HTTP allows, before anything reads it', async () => {
    const response = await blog.fetch('/graphql', { headers: { authorization: `Bearer ${'x'.repeat(20_000)}` } });
    expect(response.status).toBe(431);
  });

  it('never logs a token', async () => {
    const token = await signed({ ...good(), role: 'anon' });
    await askAs(`Bearer ${token}`);
    expect(blog.logged.join('')).not.toContain(token.split('.')[2]);
  });
});

describe('accepts', () => {
  it('a good token, with the scheme in any case', async () => {
    const token = await signed(good());
    for (const scheme of ['Bearer', 'bearer']) {
      const { status, body } = await askAs(`${scheme} ${token}`);
      expect(status).toBe(200);
      expect(body.data?.me?.email).toBe('hanako@example.com');
    }
  });

  it('one that ended within the tolerance for clocks', async () => {
    expect((await askAs(`Bearer ${await signed({ ...good(), exp: now() - 2 })}`)).status).toBe(200);
  });
});

describe('the keys', () => {
  it('follow a rotation, RS256 too', async () => {
    const rotated = await Blog.start();
    try {
      await rotated.issuer.rotate('RS256');
      const { data } = await rotated.ask<{ me: { email: string } }>('{ me { email } }', {}, 'rotated');
      expect(data.me.email).toBe('rotated@example.com');
    } finally {
      await rotated.stop();
    }
  });

  it('are fetched once for many tokens, however many unknown kids come', async () => {
    const counted = await Blog.start();
    try {
      await counted.ask('{ me { id } }', {}, 'a');
      const unknown = await new SignJWT(counted.issuer.claims('b'))
        .setProtectedHeader({ alg: 'ES256', kid: 'unknown' })
        .sign(counted.issuer.pair.privateKey);
      for (let n = 0; n < 5; n += 1) {
        await counted.fetch('/graphql?query={me{id}}', { headers: { authorization: `Bearer ${unknown}` } });
      }
      expect(counted.issuer.fetches).toBe(1);
    } finally {
      await counted.stop();
    }
  });

  it.each(['error', 'hang'] as const)('unreachable (%s): 503, not 401, and visitors are served', async (mode) => {
    const cut = await Blog.start();
    try {
      cut.issuer.mode = mode;
      const { status, headers, errors } = await cut.ask('{ me { id } }', {}, 'hanako');
      expect(status).toBe(503);
      expect(headers.get('retry-after')).toBe('5');
      expect(errors?.[0]?.extensions.code).toBe('AUTH_UNAVAILABLE');
      expect((await cut.ask('{ articles { nodes { id } } }')).status).toBe(200);
      cut.issuer.mode = 'normal';
      expect((await cut.ask('{ me { id } }', {}, 'hanako')).status).toBe(200);
    } finally {
      await cut.stop();
    }
  });
});

describe('the legacy secret (HS256)', () => {
  const secret = 'a-legacy-secret-of-at-least-32-characters';
  const sign = (key: string, sub = 'legacy') =>
    new SignJWT(blog.issuer.claims(sub))
      .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
      .sign(new TextEncoder().encode(key));

  it('counts only where it is configured, beside the published keys', async () => {
    const legacy = await Blog.start({ SUPABASE_JWT_SECRET: secret });
    try {
      const as = async (token: string) =>
        (
          await legacy.fetch('/graphql?query={me{id}}', {
            headers: { authorization: `Bearer ${token}`, 'apollo-require-preflight': '1' },
          })
        ).status;
      expect(await as(await sign(secret))).toBe(200);
      expect(await as(await sign(`${secret}?`))).toBe(401);
      expect(await as(await legacy.issuer.token('modern'))).toBe(200);
    } finally {
      await legacy.stop();
    }
  });
});
