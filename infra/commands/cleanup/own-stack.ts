import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import { type Member, tellEvents } from '../solve/stack.ts';
import { typeName } from '../type-names.ts';

/** What goes, by kind, e.g. `  ・サブネット × 4: subnet-1、…`. */
export function inventory(held: Member[]): string[] {
  return [...Map.groupBy(held, ({ type }) => typeName(type))].map(
    ([kind, same]) =>
      `  ・${kind}${same.length > 1 ? ` × ${same.length}` : ''}: ${same.map(({ id }) => id).join('、')}`,
  );
}

/** Deletes the stack and tells its events; gives null once it is gone, else CloudFormation's reason. */
export async function deleteStack(
  client: CloudFormation,
  name: string,
  say: (line: string) => void,
): Promise<string | null> {
  const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: name });
  const id = stack?.StackId ?? name;
  const finished = new AbortController();
  const events = tellEvents(client, id, new Date(Date.now() - 1000), finished.signal, (line) => say(`  ${line}`));
  try {
    await client.deleteStack({ StackName: id });
    const { status, reason } = await settled(client, id);
    finished.abort();
    await events;
    return status === 'DELETE_COMPLETE' ? null : reason;
  } finally {
    finished.abort();
  }
}

/** Waits until the stack's operation has ended. */
async function settled(client: CloudFormation, id: string): Promise<{ status: string; reason: string }> {
  for (;;) {
    const { Stacks: [stack] = [] } = await client.describeStacks({ StackName: id });
    const status = stack?.StackStatus ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) return { status, reason: stack?.StackStatusReason ?? status };
    await sleep(1000);
  }
}
