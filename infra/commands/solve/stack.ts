import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudFormation, StackEvent } from '@aws-sdk/client-cloudformation';
import { typeName } from '../type-names.ts';

/** A resource that a stack holds. */
export interface Member {
  logicalId: string;
  id: string;
  type: string;
  properties: Record<string, unknown>;
}

/** What a stack holds now, with the properties of its template; null where there is no such stack. */
export async function members(client: CloudFormation, stackName: string): Promise<Member[] | null> {
  try {
    const [{ StackResourceSummaries = [] }, { TemplateBody = '{}' }] = await Promise.all([
      client.listStackResources({ StackName: stackName }),
      client.getTemplate({ StackName: stackName }),
    ]);
    const { Resources = {} } = JSON.parse(TemplateBody) as {
      Resources?: Record<string, { Properties?: Record<string, unknown> }>;
    };
    return StackResourceSummaries.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE').map(
      ({ LogicalResourceId = '', PhysicalResourceId = '', ResourceType = '' }) => ({
        logicalId: LogicalResourceId,
        id: PhysicalResourceId,
        type: ResourceType,
        properties: Resources[LogicalResourceId]?.Properties ?? {},
      }),
    );
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return null;
    throw error;
  }
}

const verbs: Record<string, string> = {
  CREATE_COMPLETE: '作成しました',
  CREATE_FAILED: '作成に失敗しました',
  UPDATE_COMPLETE: '更新しました',
  UPDATE_FAILED: '更新に失敗しました',
  DELETE_COMPLETE: '削除しました',
  DELETE_FAILED: '削除に失敗しました',
  DELETE_SKIPPED: '残しました（削除しない設定です）',
};

/** One event in words, e.g. `作成しました: NAT ゲートウェイ nat-0abc`; null for one that says nothing new. */
export function eventInWords(event: StackEvent): string | null {
  const { ResourceStatus = '', ResourceType = '', PhysicalResourceId = '', LogicalResourceId = '' } = event;
  if (ResourceType === 'AWS::CloudFormation::Stack') {
    return /ROLLBACK_IN_PROGRESS$/.test(ResourceStatus) ? '失敗したので、ここまでの変更を元に戻しています。' : null;
  }
  const verb = verbs[ResourceStatus];
  if (verb === undefined) return null;
  const reason =
    event.ResourceStatusReason && ResourceStatus.endsWith('FAILED') ? `（${event.ResourceStatusReason}）` : '';
  return `${verb}: ${typeName(ResourceType)} ${PhysicalResourceId || LogicalResourceId}${reason}`;
}

/**
 * Tells a stack's events as they come, until told to stop; then once more, so that none is missed.
 *
 * @param since events before it are old
 */
export async function tellEvents(
  client: CloudFormation,
  stack: string,
  since: Date,
  stopped: AbortSignal,
  say: (line: string) => void,
): Promise<void> {
  const told = new Set<string>();
  const look = async () => {
    const { StackEvents = [] } = await client
      .describeStackEvents({ StackName: stack })
      .catch(() => ({ StackEvents: [] as StackEvent[] }));
    for (const event of StackEvents.toReversed()) {
      const { EventId = '', Timestamp } = event;
      if (told.has(EventId) || (Timestamp ?? since) < since) continue;
      told.add(EventId);
      const line = eventInWords(event);
      if (line !== null) say(line);
    }
  };
  while (!stopped.aborted) {
    await look();
    await sleep(1000, undefined, { signal: stopped }).catch(() => {});
  }
  await look();
}
