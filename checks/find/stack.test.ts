import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { buildNetwork } from '../corpus/network.ts';
import { worldOf } from '../corpus/world.ts';
import { recordingTape } from '../ports/tape.ts';
import { stackName } from './stack.ts';
import { vpcs } from './vpcs.ts';

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

const template = JSON.stringify({
  Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
});

/** An account where the workbook's stack, somebody else's, and a hand-made network are side by side. */
async function account(stacks: string[]) {
  const credentials = await moto.account();
  const settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials };
  const cloudformation = new CloudFormation(settings);
  for (const StackName of stacks) await cloudformation.createStack({ StackName, TemplateBody: template });
  const { vpc: byHand } = await buildNetwork(new EC2(settings));
  const find = async (prefix: string) => {
    const { world, close } = worldOf(recordingTape(), { ...settings, choice: { prefix } });
    const found = await vpcs(world);
    close();
    return found;
  };
  return { byHand, find };
}

test('the prefix begins the stack’s name', () => {
  expect(stackName('')).toBe('blog-aws-practice');
  expect(stackName('tanaka')).toBe('tanaka-blog-aws-practice');
});

test('the workbook’s own stack is meant before anything else, and what it holds is of the CDK', async () => {
  const { byHand, find } = await account(['blog-aws-practice', 'tanaka-blog-aws-practice']);
  const [own, ...others] = await find('');
  expect(others).toEqual([]);
  expect(own).toMatchObject({ origin: 'cdk' });
  expect(own?.id).not.toBe(byHand);
  const [tanakas] = await find('tanaka');
  expect(tanakas).toMatchObject({ origin: 'cdk' });
  expect(tanakas?.id).not.toBe(own?.id);
});

test('another stack’s members are not the workbook’s: the consoles make stacks of their own', async () => {
  const { byHand, find } = await account(['ECS-Console-V2-Service-web']);
  const found = await find('');
  expect(found.map(({ origin }) => origin)).toEqual(['console', 'console']);
  expect(found.map(({ id }) => id)).toContain(byHand);
});

test('without any stack the only candidate is meant', async () => {
  const { byHand, find } = await account([]);
  expect(await find('')).toMatchObject([{ id: byHand, origin: 'console' }]);
});
