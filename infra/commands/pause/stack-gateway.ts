import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { isAlive, natGateways } from '@blog-aws-practice/checks/find/nat-gateways.ts';
import { stackName } from '@blog-aws-practice/checks/find/stack.ts';
import { pnpmCommand } from '@blog-aws-practice/checks/pnpm-command.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';
import { CommandError } from '../command.ts';
import { tellEvents } from '../solve/stack.ts';
import { type Environment, until } from './environment.ts';
import type { PausedStack } from './memory.ts';

type Say = (line: string) => void;

/** As much of a template as matters here; the rest goes through untouched. */
export interface Template {
  Resources: Record<string, Part>;
}

type Part = { Type: string; Properties?: Record<string, unknown>; DependsOn?: string | string[] };

/** Bytes that CloudFormation takes in one call: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_UpdateStack.html */
const LARGEST = 51_200;

/** Whether the workbook's own stack holds a living NAT gateway. */
export async function stackHasGateway(world: World): Promise<boolean> {
  return (await natGateways(world)).some((one) => isAlive(one) && one.origin === 'cdk');
}

/**
 * A template without its NAT gateways, their addresses and routes, and what was taken out.
 *
 * @returns null where something else in the template needs one of them
 */
export function withoutGateways(template: Template): { template: Template; taken: Omit<PausedStack, 'name'> } | null {
  const all = Object.entries(template.Resources);
  const nats = new Set(all.filter(([, { Type }]) => Type === 'AWS::EC2::NatGateway').map(([id]) => id));
  const isTaken = ([id, { Type, Properties }]: [string, Part]) =>
    nats.has(id) ||
    (Type === 'AWS::EC2::Route' && mentions(Properties?.['NatGatewayId'], nats)) ||
    (Type === 'AWS::EC2::EIP' &&
      [...nats].some((nat) => mentions(template.Resources[nat]?.Properties?.['AllocationId'], new Set([id]))));
  const resources = Object.fromEntries(all.filter(isTaken));
  const gone = new Set(Object.keys(resources));
  const dependencies: PausedStack['dependencies'] = [];
  const kept = all
    .filter(([id]) => !gone.has(id))
    .map(([id, part]): [string, Part] => {
      const before = dependsOn(part);
      const after = before.filter((on) => !gone.has(on));
      if (before.length === after.length) return [id, part];
      for (const on of before) if (gone.has(on)) dependencies.push({ of: id, on });
      return [id, depending(part, after)];
    });
  const rest = { ...template, Resources: Object.fromEntries(kept) };
  return mentions(rest, gone) ? null : { template: rest, taken: { resources, dependencies } };
}

/** A template with all of that in it again; what is there already stays as it is. */
export function withGateways(template: Template, taken: Omit<PausedStack, 'name'>): Template {
  const Resources = { ...(taken.resources as Template['Resources']), ...template.Resources };
  for (const { of, on } of taken.dependencies) {
    const part = Resources[of];
    if (part && !dependsOn(part).includes(on)) Resources[of] = depending(part, [...dependsOn(part), on]);
  }
  return { ...template, Resources };
}

const dependsOn = ({ DependsOn = [] }: Part): string[] => [DependsOn].flat();

function depending({ DependsOn: _, ...part }: Part, on: string[]): Part {
  return on.length > 0 ? { ...part, DependsOn: on } : part;
}

/** Whether a value refers to one of the logical ids, by Ref, Fn::GetAtt or Fn::Sub. */
function mentions(value: unknown, ids: Set<string>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return value.some((one) => mentions(one, ids));
  return Object.entries(value).some(([key, inner]) => {
    if (key === 'Ref') return ids.has(String(inner));
    if (key === 'Fn::GetAtt') return ids.has(String(Array.isArray(inner) ? inner[0] : inner).split('.')[0] ?? '');
    if (key === 'Fn::Sub') {
      const text = String(Array.isArray(inner) ? inner[0] : inner);
      return [...text.matchAll(/\$\{([^.}]+)/g)].some(([, id = '']) => ids.has(id));
    }
    return mentions(inner, ids);
  });
}

/**
 * What pausing the stack's network would take out of it.
 *
 * @throws CommandError where the stack is not as the workbook builds it
 */
export async function stackTaken(environment: Environment): Promise<PausedStack> {
  const name = stackName(environment.target.world.choice.prefix);
  const made = withoutGateways(await templateOf(environment, name));
  if (!made) throw new CommandError(byHand(`スタック ${name} のほかの部分が NAT ゲートウェイを使っている`));
  return { name, ...made.taken };
}

const byHand = (why: string) =>
  `${why}ので、NAT ゲートウェイだけを外せません。何も変えずに終わりました。${pnpmCommand()} solve の同じ章とステップに -c nat=none を付けて外してください。`;

async function templateOf(environment: Environment, StackName: string): Promise<Template> {
  const { TemplateBody = '{}' } = await environment.client(CloudFormation).getTemplate({ StackName });
  try {
    return JSON.parse(TemplateBody) as Template;
  } catch {
    throw new CommandError(byHand(`スタック ${StackName} のテンプレートが JSON ではない`));
  }
}

/** Takes the gateway out of the stack: by its template, so that it stays true. */
export async function pauseStackGateway(environment: Environment, { name }: PausedStack, say: Say): Promise<void> {
  await settled(environment, name, say);
  const made = withoutGateways(await templateOf(environment, name));
  if (made) await update(environment, name, made.template, say);
  say(`スタック ${name} から NAT ゲートウェイを外しました。`);
}

/** Puts it into the stack again. */
export async function resumeStackGateway(environment: Environment, taken: PausedStack, say: Say): Promise<void> {
  await settled(environment, taken.name, say);
  const template = await templateOf(environment, taken.name);
  if (Object.keys(taken.resources).every((id) => id in template.Resources)) {
    return say(`スタック ${taken.name} の NAT ゲートウェイは、すでに戻っています。`);
  }
  await update(environment, taken.name, withGateways(template, taken), say);
  say(`スタック ${taken.name} に NAT ゲートウェイを戻しました。`);
}

async function update(environment: Environment, name: string, template: Template, say: Say): Promise<void> {
  const client = environment.client(CloudFormation);
  const TemplateBody = JSON.stringify(template);
  if (Buffer.byteLength(TemplateBody) > LARGEST) {
    throw new CommandError(byHand(`スタック ${name} のテンプレートが大きすぎる`));
  }
  const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: name });
  const finished = new AbortController();
  const since = new Date(Date.now() - 1000);
  const events = tellEvents(client, name, since, finished.signal, (line) => say(`  ${line}`));
  try {
    await client.updateStack({
      StackName: name,
      TemplateBody,
      Parameters: (stack?.Parameters ?? []).map(({ ParameterKey }) => ({ ParameterKey, UsePreviousValue: true })),
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    });
    const status = await settled(environment, name, say);
    if (status !== 'UPDATE_COMPLETE') {
      throw new CommandError(
        `スタック ${name} を更新できず、${status} になりました。上の理由を取り除いてから、もう一度実行してください。`,
      );
    }
  } finally {
    finished.abort();
    await events;
  }
}

/** Waits until nothing is under way in the stack; gives the state that it came to. */
async function settled(environment: Environment, StackName: string, say: Say): Promise<string> {
  const client = environment.client(CloudFormation);
  let status = '';
  const look = async () => {
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName });
    status = stack?.StackStatus ?? '';
    return status.endsWith('_IN_PROGRESS') ? status : null;
  };
  await until(environment, `スタック ${StackName} の更新が終わる`, look, say);
  return status;
}
