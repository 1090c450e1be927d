import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createClient, type SupabaseClient } from '@supabase/supabase-js';
import { createLocalJWKSet, type JSONWebKeySet, jwtVerify } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createSignInApp } from './app.ts';
import { type State, Store } from './store.ts';
import { newSigningKey } from './tokens.ts';

const ISSUER = 'http://localhost:54321/auth/v1';
const hanako = { email: 'hanako@example.com', password: 'correct horse' };

let folder: string;
let file: string;
let server: Server;
let url: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sign-in-'));
  file = join(folder, 'state.json');
  await start();
});
afterEach(() => {
  stop();
  vi.useRealTimers();
  rmSync(folder, { recursive: true });
});

async function start() {
  const store = await Store.open(file, async () => ({
    issuer: ISSUER,
    key: await newSigningKey(),
    users: [],
    sessions: [],
  }));
  server = createServer(createSignInApp(store));
  await new Promise<void>((listening) => {
    server.listen(0, '127.0.0.1', listening);
  });
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
function stop() {
  server.closeAllConnections();
  server.close();
}

/** A page's own client, with the storage of that page. */
function page(storage = new Map<string, string>()): SupabaseClient {
  return createClient(url, 'sb_publishable_local', {
    auth: {
      autoRefreshToken: false,
      storageKey: 'session',
      storage: {
        getItem: (key) => storage.get(key) ?? null,
        setItem: (key, value) => void storage.set(key, value),
        removeItem: (key) => void storage.delete(key),
      },
    },
  });
}

describe('supabase-js', () => {
  it('signs up, and the token is what the API accepts', async () => {
    const { data, error } = await page().auth.signUp({ ...hanako, options: { data: { name: '花子' } } });
    expect(error).toBeNull();
    expect(data.user?.user_metadata).toMatchObject({ name: '花子' });
    const jwks = (await (await fetch(`${url}/auth/v1/.well-known/jwks.json`)).json()) as JSONWebKeySet;
    expect(jwks.keys[0]).not.toHaveProperty('d');
    const { payload, protectedHeader } = await jwtVerify(data.session?.access_token ?? '', createLocalJWKSet(jwks), {
      issuer: ISSUER,
      audience: 'authenticated',
    });
    expect(protectedHeader).toMatchObject({ alg: 'ES256', kid: jwks.keys[0]?.kid });
    expect(payload).toMatchObject({ sub: data.user?.id, email: hanako.email, role: 'authenticated' });
  });

  it('signs in with the right password only, whatever the case of the address', async () => {
    await page().auth.signUp(hanako);
    const right = await page().auth.signInWithPassword({ ...hanako, email: 'Hanako@Example.com' });
    expect(right.data.user?.email).toBe(hanako.email);
    const wrong = await page().auth.signInWithPassword({ ...hanako, password: 'wrong' });
    expect(wrong.error).toMatchObject({ status: 400, code: 'invalid_credentials' });
    const nobody = await page().auth.signInWithPassword({ ...hanako, email: 'nobody@example.com' });
    expect(nobody.error).toMatchObject({ status: 400, code: 'invalid_credentials' });
  });

  it.each([
    [{ email: 'no-address', password: 'correct horse' }, 'validation_failed'],
    [{ email: 'a@example.com', password: 'short' }, 'weak_password'],
    [hanako, 'user_already_exists'],
  ])('is told why it cannot sign up %j', async (credentials, code) => {
    await page().auth.signUp(hanako);
    expect((await page().auth.signUp(credentials)).error?.code).toBe(code);
  });

  it('renews its session: the old refresh token is replaced', async () => {
    const client = page();
    const { data } = await client.auth.signUp(hanako);
    const renewed = await client.auth.refreshSession();
    expect(renewed.error).toBeNull();
    expect(renewed.data.session?.refresh_token).not.toBe(data.session?.refresh_token);
    expect(renewed.data.user?.id).toBe(data.user?.id);
  });

  it('may use a replaced token for ten seconds (two tabs), then its session ends', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    const client = page();
    const { data } = await client.auth.signUp(hanako);
    const old = { refresh_token: data.session?.refresh_token ?? '' };
    const { data: renewed } = await client.auth.refreshSession();
    vi.setSystemTime(Date.now() + 9_000);
    expect((await page().auth.refreshSession(old)).data.session?.refresh_token).toBe(renewed.session?.refresh_token);
    vi.setSystemTime(Date.now() + 2_000);
    expect((await page().auth.refreshSession(old)).error?.code).toBe('refresh_token_already_used');
    const current = { refresh_token: renewed.session?.refresh_token ?? '' };
    expect((await page().auth.refreshSession(current)).error?.code).toBe('refresh_token_not_found');
  });

  it('changes name, address and password, which signs other places out', async () => {
    const here = page();
    const there = page();
    await here.auth.signUp(hanako);
    await there.auth.signInWithPassword(hanako);
    const changed = await here.auth.updateUser({
      data: { name: '花' },
      email: 'hana@example.com',
      password: 'another horse',
    });
    expect(changed.data.user).toMatchObject({ email: 'hana@example.com', user_metadata: { name: '花' } });
    expect((await there.auth.getUser()).error?.name).toBe('AuthSessionMissingError');
    expect((await here.auth.getUser()).data.user?.email).toBe('hana@example.com');
    expect((await here.auth.updateUser({ password: 'another horse' })).error?.code).toBe('same_password');
    expect(
      (await page().auth.signInWithPassword({ email: 'hana@example.com', password: 'another horse' })).error,
    ).toBeNull();
  });

  it.each([
    ['local', [false, true]],
    ['others', [true, false]],
    ['global', [false, false]],
  ] as const)('signs out %s', async (scope, [hereStays, thereStays]) => {
    const here = page();
    const there = page();
    await here.auth.signUp(hanako);
    await there.auth.signInWithPassword(hanako);
    const tokens = await Promise.all(
      [here, there].map(async (one) => (await one.auth.getSession()).data.session?.refresh_token ?? ''),
    );
    expect((await here.auth.signOut({ scope })).error).toBeNull();
    const renewed = await Promise.all(tokens.map((refresh_token) => page().auth.refreshSession({ refresh_token })));
    expect(renewed.map(({ error }) => error === null)).toEqual([hereStays, thereStays]);
  });

  it('drops a session that the service no longer knows, and reads on', async () => {
    const storage = new Map<string, string>();
    await page(storage).auth.signUp(hanako);
    stop();
    rmSync(file);
    await start();
    const client = page(storage);
    expect((await client.auth.getUser()).error).toMatchObject({ status: 403, code: 'bad_jwt' });
    // supabase-js keeps a session whose access token still looks good; the first refresh after that drops it.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 2 * 3_600_000 });
    expect((await client.auth.refreshSession()).error?.code).toBe('refresh_token_not_found');
    expect((await client.auth.getSession()).data.session).toBeNull();
    expect(storage.has('session')).toBe(false);
  });

  it('is told when a provider is not there', async () => {
    const response = await fetch(`${url}/auth/v1/authorize?provider=github`);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ error_code: 'validation_failed' });
  });
});

describe('the state', () => {
  it('outlives a restart and a change of port: key, issuer, users, sessions', async () => {
    const storage = new Map<string, string>();
    const { data } = await page(storage).auth.signUp(hanako);
    stop();
    await start();
    const client = page(storage);
    expect((await client.auth.getUser(data.session?.access_token)).data.user?.id).toBe(data.user?.id);
    expect((await client.auth.refreshSession()).error).toBeNull();
    expect((await page().auth.signInWithPassword(hanako)).data.user?.id).toBe(data.user?.id);
  });

  it('is readable by its owner only, and holds no password', async () => {
    await page().auth.signUp(hanako);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readFileSync(file, 'utf8')).not.toContain(hanako.password);
  });

  it('is refused with a sentence when it is damaged, and left as it is', async () => {
    writeFileSync(file, '{"issuer":');
    await expect(Store.open(file, () => Promise.reject<State>(new Error('not asked for')))).rejects.toThrow(
      '読めません',
    );
    expect(readFileSync(file, 'utf8')).toBe('{"issuer":');
  });
});

describe('the protocol', () => {
  it('lets pages of any origin in', async () => {
    const { status, headers } = await fetch(`${url}/auth/v1/token?grant_type=password`, {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:3000',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,apikey,content-type,x-client-info,x-supabase-api-version',
      },
    });
    expect(status).toBe(204);
    expect(headers.get('access-control-allow-origin')).toBe('http://localhost:3000');
    expect(headers.get('access-control-allow-headers')).toContain('x-supabase-api-version');
  });

  it.each([
    ['GET', '/auth/v1/user', {}, 401, 'no_authorization'],
    ['GET', '/auth/v1/user', { authorization: 'Bearer x' }, 403, 'bad_jwt'],
    ['POST', '/auth/v1/token', {}, 400, 'unsupported_grant_type'],
    ['GET', '/auth/v1/nothing', {}, 404, 'not_found'],
  ])('%s %s %j answers %i %s', async (method, path, headers, status, code) => {
    const response = await fetch(url + path, { method, headers: headers as Record<string, string> });
    expect(response.status).toBe(status);
    expect(await response.json()).toMatchObject({ code: status, error_code: code });
  });

  it('answers broken JSON with 400', async () => {
    const response = await fetch(`${url}/auth/v1/signup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{',
    });
    expect(response.status).toBe(400);
  });
});
