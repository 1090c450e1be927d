import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EC2 } from '@aws-sdk/client-ec2';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { worldOf } from '../corpus/world.ts';
import { discover, load } from '../discover.ts';
import { root } from '../paths.ts';
import { recordingTape } from '../ports/tape.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';
import { lookedAt } from './actions.ts';
import { type Policy, patternsOf, policyOf, written } from './policy.ts';

const folder = join(root, 'checks');
const actions = await lookedAt(folder);
const policy = await policyOf(actions);
let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

/** https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html */
const keyPolicy = (account: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${account}:root` }, Action: 'kms:*', Resource: '*' }],
});

/** Whether IAM would allow the action on every kind of resource that it works on. */
async function allowed(action: string, by: Policy): Promise<boolean> {
  const patterns = await patternsOf(action);
  const accountId = '111122223333';
  const answers = await Promise.all(
    patterns.map((pattern) => {
      const parts = pattern.split(':');
      const arn = parts
        .map((part, i) => (i === 4 ? part.replace('*', accountId) : part.replaceAll('*', 'any')))
        .join(':');
      return runSimulation(
        {
          request: {
            principal: `arn:aws:iam::${accountId}:role/checker`,
            action,
            resource: { resource: pattern === '*' ? '*' : arn, accountId },
            contextVariables: {},
          },
          identityPolicies: [{ name: 'checker', policy: by }],
          // A key's own policy decides about it; the default one leaves it to IAM.
          ...(action.startsWith('kms:') && { resourcePolicy: keyPolicy(accountId) }),
          serviceControlPolicies: [],
          resourceControlPolicies: [],
        },
        {},
      );
    }),
  );
  return answers.every((answer) => answer.resultType !== 'error' && answer.overallResult === 'Allowed');
}

test('IAM takes it as a managed policy: each Sid once, no longer than 6,144 characters without white space', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
  const sids = policy.Statement.map(({ Sid }) => Sid);
  expect(new Set(sids).size).toBe(sids.length);
});

/** The policy without one action. */
function without(action: string): Policy {
  const statements = policy.Statement.map((one) => ({ ...one, Action: one.Action.filter((name) => name !== action) }));
  return { ...policy, Statement: statements.filter((one) => one.Action.length > 0) };
}

test('docs/checker-policy.json is what the checks need now; `pnpm generate:policy` writes it', async () => {
  expect(await readFile(join(root, 'docs', 'checker-policy.json'), 'utf8')).toBe(written(policy));
});

test('it is complete: IAM allows every look that the checks can make', async () => {
  const refused: string[] = [];
  for (const action of actions) if (!(await allowed(action, policy))) refused.push(action);
  expect(refused).toEqual([]);
});

test('it is minimal: no statement covers for an action that is taken out', async () => {
  const needless: string[] = [];
  for (const action of actions) if (await allowed(action, without(action))) needless.push(action);
  expect(needless).toEqual([]);
});

test.each([
  'ec2:DeleteVpc',
  'ec2:CreateNatGateway',
  'secretsmanager:PutSecretValue',
  'iam:CreateAccessKey',
  'rds:StopDBCluster',
])('it does not allow %s', async (action) => {
  expect(await allowed(action, policy)).toBe(false);
});

test('whatever a run really asked of AWS is among the actions read from the source', async () => {
  const credentials = await moto.account();
  const ec2 = new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  await buildNetwork(ec2);
  ec2.destroy();
  const book = await discover(folder, join(root, 'chapters'));
  const ids = book.chapters
    .filter(({ id }) => id !== 'chapter-1')
    .flatMap(({ steps }) => steps.flatMap(({ checks }) => checks));
  const tape = recordingTape();
  const { world, close } = worldOf(tape, { endpoint: moto.endpoint, credentials });
  await run(await load(book, ids), world, explainer(false));
  await tape.idle();
  close();
  const asked = new Set(tape.calls().flatMap(({ port, action }) => (port === 'aws' ? [action] : [])));
  asked.delete('sts:GetCallerIdentity');
  expect(asked.size).toBeGreaterThan(15);
  expect([...asked].filter((action) => !actions.includes(action))).toEqual([]);
});
