import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REHEARSAL_TEST_USER } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Page } from './page.ts';
import { SignIn } from './sign-in.ts';

let folder: string;
let signIn: SignIn;
let page: Page;
let port = 8443;
const listeners = () => [
  { loadBalancer: 'alb', dnsName: '', port: 80, protocol: 'HTTP', url: 'http://localhost:8080', plainUrl: null },
  { loadBalancer: 'alb', dnsName: '', port: 443, protocol: 'HTTPS', url: `https://localhost:${port}`, plainUrl: null },
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'page-'));
  signIn = new SignIn(join(folder, 'sign-in'));
  page = new Page(join(folder, 'page'), signIn, listeners);
});
afterAll(async () => {
  await page.stop();
  await signIn.stop();
  await rm(folder, { recursive: true, force: true });
});

const settings = (environment: string) => join(folder, 'page', `.env.${environment}`);

test('without a load balancer there is nothing that the page could talk to', async () => {
  await expect(new Page(folder, signIn, () => []).publish()).rejects.toThrow('ロードバランサーがまだない');
  expect(page.pages()).toBeNull();
});

test('both Workers answer, each built from its settings, and the test user can sign in', async () => {
  const pages = await page.publish();
  expect(page.pages()).toEqual(pages);
  expect(pages.development).not.toBe(pages.production);
  for (const [environment, url] of Object.entries(pages)) {
    const answer = await fetch(url);
    expect(answer.headers.get('content-security-policy')).toContain('https://localhost:8443');
    expect(answer.headers.get('x-robots-tag')).toBe(environment === 'development' ? 'noindex' : null);
    expect(await readFile(settings(environment), 'utf8')).toContain(`VITE_SITE_URL=${url}\n`);
  }
  const entered = await fetch(`http://localhost:${await signIn.port()}/auth/v1/token?grant_type=password`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(REHEARSAL_TEST_USER),
  });
  expect(entered.status).toBe(200);
});

test.runIf(process.env.PROVE)(
  'published again, what somebody wrote stays, and a load balancer that moved is found',
  async () => {
    const before = page.pages() ?? { development: '', production: '' };
    const production = await readFile(settings('production'), 'utf8');
    await writeFile(settings('production'), production.replace('https://localhost:8443', 'http://localhost:8443'));
    port = 8444;
    expect(await page.publish()).toEqual(before);
    expect((await fetch(before.development)).headers.get('content-security-policy')).toContain(
      'https://localhost:8444',
    );
    expect((await fetch(before.production)).headers.get('content-security-policy')).toContain('http://localhost:8443');
  },
);

test('a setting that can’t be used is named in one sentence, and nothing is left running', async () => {
  await writeFile(settings('production'), 'VITE_GRAPHQL_ENDPOINT=api.example.com/graphql\n');
  await expect(page.publish()).rejects.toThrow(/\.env\.production の VITE_GRAPHQL_ENDPOINT が「api\.example\.com/);
  expect(page.pages()).toBeNull();
});
