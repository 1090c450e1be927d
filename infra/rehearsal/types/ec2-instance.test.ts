import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { judge } from '@blog-aws-practice/checks/corpus/judged.ts';
import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { synthesize } from '../../commands/solve/assembly.ts';
import { settled, startTrial, type Trial } from '../trial.ts';

let trial: Trial;
let folder: string;
beforeAll(async () => {
  trial = await startTrial();
  folder = await mkdtemp(join(tmpdir(), 'assemblies-'));
});
afterAll(async () => {
  await trial.close();
  await rm(folder, { recursive: true, force: true });
});

async function template(nat: string): Promise<object> {
  const directory = join(folder, nat);
  const { stackName } = await synthesize({ until: 'chapter-2/network', nat }, directory);
  return JSON.parse(await readFile(join(directory, `${stackName}.template.json`), 'utf8')) as object;
}

const network = () => judge('chapter-2/network', { endpoint: trial.endpoint(), credentials: REHEARSAL_CREDENTIALS });
const failing = async () => [...(await network()).results].filter(([, { status }]) => status !== 'pass');
const Capabilities = ['CAPABILITY_NAMED_IAM' as const];

test('an instance takes the NAT gateway’s place in place, all checks pass, and it goes again', {
  timeout: 240_000,
}, async () => {
  const stack = 'blog-aws-practice';
  expect((await trial.deploy(stack, await template('gateway'), { Capabilities })).status).toBe('CREATE_COMPLETE');
  expect(await trial.deploy(stack, await template('instance'), { Capabilities })).toEqual({
    status: 'UPDATE_COMPLETE',
    reasons: [],
  });
  const said = await network();
  expect(said.results.get('nat-gateway')).toMatchObject({
    status: 'pass',
    evidence: expect.stringMatching(/NAT インスタンス i-\w+（t4g.nano、10.0.1.0\/24）/),
  });
  expect(await failing()).toEqual([]);

  const cloudFormation = trial.client(CloudFormation);
  const { Stacks = [] } = await cloudFormation.describeStacks({ StackName: stack });
  await cloudFormation.deleteStack({ StackName: stack });
  expect(await settled(cloudFormation, Stacks[0]?.StackId ?? '')).toEqual({ status: 'DELETE_COMPLETE', reasons: [] });
  const { Reservations = [] } = await trial.client(EC2).describeInstances({});
  const states = Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name));
  expect(states.filter((state) => state !== 'terminated')).toEqual([]);
});
