import { execFile, execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import cdk from './cdk.json' with { type: 'json' };

const run = promisify(execFile);

/** Runs the app as the CDK's command line does, and gives the folder of the assembly. */
async function synth(folder: string, context: Record<string, string> = {}): Promise<void> {
  await run(process.execPath, ['app.ts'], {
    cwd: import.meta.dirname,
    env: {
      ...process.env,
      CDK_OUTDIR: folder,
      CDK_CONTEXT_JSON: JSON.stringify({
        ...cdk.context,
        certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c',
        repository: 'tanaka@1234567/blog-aws-practice@987654321',
        ...context,
      }),
    },
  });
}

interface Violation {
  ruleName: string;
  reason?: string;
  acknowledgements?: { reason: string }[];
}

let folder = '';
afterAll(() => rm(folder, { recursive: true }));

const cfnLint = (() => {
  try {
    return execFileSync('cfn-lint', ['--version'], { encoding: 'utf8' });
  } catch {
    return null;
  }
})();

/**
 * By design: W3010 (the learner chooses the zones by name); W3005 (the CDK lets the service wait for every rule that
 * leads to its targets, also for the one that it names). E3002 on Tags of these types is cfn-lint's older schema.
 */
const byDesign = (rule: string, message: string) =>
  rule === 'W3010' ||
  (rule === 'W3005' && message.includes("'BlueGreenRule")) ||
  (rule === 'E3002' && /'Tags'|Tags/.test(message));

describe.each([
  ['own domain', {}],
  [
    'no domain, serverless database, no way out, an instructor',
    {
      ...{ https: 'cloudfront', database: 'serverless', nat: 'none' },
      ...{ instructorAccount: '111122223333', instructorExternalId: 'sakura-class-2026-11' },
    },
  ],
  ['no domain, NAT instance', { https: 'cloudfront', nat: 'instance' }],
])('%s: AWS’s and cdk-nag’s rules', (_name, context: Record<string, string>) => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'blog-app-'));
    await synth(folder, context);
  });

  const report = async () => JSON.parse(await readFile(join(folder, 'validation-report.json'), 'utf8'));

  test('nothing is left unacknowledged', async () => {
    const { pluginReports } = await report();
    expect(pluginReports.flatMap(({ violations }: { violations: Violation[] }) => violations)).toEqual([]);
  });

  test('each acknowledgement has a reason that a learner can read', async () => {
    const text = JSON.stringify(await report());
    const reasons = [...text.matchAll(/"reason":"([^"]*)"/g)].map(([, reason]) => reason);
    expect(reasons.length).toBeGreaterThan(0);
    for (const reason of reasons) expect(reason).toMatch(/^[^。]{20,}。/);
  });

  test.skipIf(cfnLint === null)('AWS’s template linter has nothing to say', async () => {
    const { stdout } = await run('cfn-lint', [
      ...['--format', 'json', '--regions', 'ap-northeast-1', '--non-zero-exit-code', 'none'],
      ...['--template', join(folder, 'blog-aws-practice.template.json')],
    ]);
    const findings: { Rule: { Id: string }; Message: string }[] = JSON.parse(stdout || '[]');
    expect(findings.filter(({ Rule, Message }) => !byDesign(Rule.Id, Message))).toEqual([]);
  });
});

test('a wrong value ends it with one sentence and no stack trace', async () => {
  const failure = await synth(folder, { nat: '9' }).catch((error: { code: number; stderr: string }) => error);
  expect(failure).toMatchObject({
    code: 1,
    stderr: 'パラメータ nat の値 "9" は使えません。gateway、instance、none のどれかにしてください。\n',
  });
});
