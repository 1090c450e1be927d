import { isDeepStrictEqual } from 'node:util';
import type { Context, Made, ResourceType } from '../resource-type.ts';
import { resourceType } from '../resource-types.ts';
import { resolveDynamicReferences } from './dynamic-reference.ts';
import { evaluate, holds } from './evaluate.ts';
import { differences, propertiesOf, wanted } from './plan.ts';
import { scopeOf } from './scope.ts';
import type { Deployment, Output, ResourceRecord, Stack, Stacks } from './stack.ts';
import { inOrder, type Json, type JsonObject, type ResourceDefinition, textOf } from './template.ts';

const stackType = 'AWS::CloudFormation::Stack';
/** An AWS error that says that a thing is gone already. */
const gone = /NotFound|NoSuch|NotAttached|does ?not ?exist/i;

/** A failure of one resource, known to be reported already. */
class ResourceFailed extends Error {
  override name = 'ResourceFailed';
}

/** Makes what a resource type works with. */
export type ContextOf = (stack: Pick<Stack, 'name' | 'id'>, logicalId: string, deletionPolicy?: string) => Context;

/** Carries out what the API orders: creates, updates, rolls back and deletes the resources of stacks. */
export class Executor {
  readonly #stacks: Stacks;
  readonly #contextOf: ContextOf;

  constructor(stacks: Stacks, contextOf: ContextOf) {
    this.#stacks = stacks;
    this.#contextOf = contextOf;
  }

  /** Brings a stack to a deployment; the stack's status and events tell how it goes. */
  async deploy(stack: Stack, next: Deployment, { rollback }: { rollback: boolean }): Promise<void> {
    const kind = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
    stack.operation = { kind, undo: [], leftBehind: [], next, rollback };
    await this.#stackStatus(stack, `${kind}_IN_PROGRESS`, 'User Initiated');
    try {
      await this.#bringTo(stack, next);
    } catch (error) {
      await this.#failed(stack, error as Error);
      return;
    }
    stack.deployment = next;
    if (kind === 'UPDATE') {
      await this.#stackStatus(stack, 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS');
      await this.#removeLeftBehind(stack);
    }
    stack.operation = null;
    await this.#stackStatus(stack, `${kind}_COMPLETE`);
  }

  /** Takes back what a failed operation had done so far. */
  async rollback(stack: Stack, reason: string): Promise<void> {
    const kind = stack.operation?.kind ?? 'UPDATE';
    const status = kind === 'CREATE' ? 'ROLLBACK' : 'UPDATE_ROLLBACK';
    await this.#stackStatus(stack, `${status}_IN_PROGRESS`, reason);
    try {
      for (const undo of (stack.operation?.undo ?? []).toReversed()) {
        const { logicalId } = undo;
        if (undo.kind === 'updated') await this.#restore(stack, logicalId, undo.before);
        else {
          const record = stack.resources[logicalId];
          const made = record && !(undo.kind === 'replaced' && record.id === undo.before.id);
          if (made && !(await this.#remove(stack, logicalId, record))) throw new ResourceFailed();
          if (undo.kind === 'replaced') stack.resources[logicalId] = undo.before;
        }
        stack.operation?.undo.pop();
      }
    } catch {
      await this.#stackStatus(stack, `${status}_FAILED`);
      return;
    }
    stack.operation = null;
    await this.#stackStatus(stack, `${status}_COMPLETE`);
  }

  /** Removes every resource in reverse order, then the stack itself. */
  async delete(stack: Stack): Promise<void> {
    const definitions = (stack.deployment ?? stack.operation?.next)?.template.Resources ?? {};
    stack.operation = {
      kind: 'DELETE',
      undo: [],
      leftBehind: [],
      next: stack.operation?.next ?? null,
      rollback: false,
    };
    await this.#stackStatus(stack, 'DELETE_IN_PROGRESS', 'User Initiated');
    const ordered = inOrder(definitions)
      .map(([logicalId]) => logicalId)
      .toReversed();
    const rest = Object.keys(stack.resources).filter((logicalId) => !(logicalId in definitions));
    const stuck: string[] = [];
    for (const logicalId of [...rest, ...ordered]) {
      const record = stack.resources[logicalId];
      if (!record) continue;
      if (record.deletionPolicy === 'Retain') {
        await this.#event(stack, logicalId, record, 'DELETE_SKIPPED');
        delete stack.resources[logicalId];
      } else if (!(await this.#remove(stack, logicalId, record))) stuck.push(logicalId);
    }
    if (stuck.length > 0) {
      await this.#stackStatus(
        stack,
        'DELETE_FAILED',
        `The following resource(s) failed to delete: [${stuck.join(', ')}]. `,
      );
      return;
    }
    stack.operation = null;
    stack.outputs = [];
    stack.imports = [];
    stack.deletedAt = new Date().toISOString();
    await this.#stackStatus(stack, 'DELETE_COMPLETE');
  }

  /** Ends what was cut off in the middle when the rehearsal ended: rolls back, cleans up, or goes on deleting. */
  async resume(): Promise<void> {
    for (const stack of this.#stacks.living()) {
      if (stack.operation === null || !stack.status.endsWith('_IN_PROGRESS')) continue;
      if (stack.operation.kind === 'DELETE') await this.delete(stack);
      else if (stack.status === 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS') {
        await this.#removeLeftBehind(stack);
        stack.operation = null;
        await this.#stackStatus(stack, 'UPDATE_COMPLETE');
      } else await this.rollback(stack, 'リハーサルが途中で止まったため、ここまでの変更を元に戻します。');
    }
  }

  async #bringTo(stack: Stack, next: Deployment): Promise<void> {
    const definitions = wanted(stack, next, this.#stacks);
    const scope = scopeOf(stack, next, this.#stacks);
    for (const [logicalId, definition] of inOrder(definitions)) {
      const type = await resourceType(definition.Type);
      let properties: JsonObject;
      try {
        properties = propertiesOf(definition, type, next.tags, scope);
      } catch (error) {
        throw await this.#resourceFailed(stack, logicalId, definition.Type, 'CREATE_FAILED', error as Error);
      }
      const record = stack.resources[logicalId];
      if (!record) {
        stack.operation?.undo.push({ kind: 'created', logicalId });
        await this.#create(stack, logicalId, definition, type, properties, 'CREATE');
      } else await this.#update(stack, logicalId, definition, type, properties, record);
    }
    for (const [logicalId, record] of Object.entries(stack.resources)) {
      if (!(logicalId in definitions)) stack.operation?.leftBehind.push({ logicalId, record, replaced: false });
    }
    // What was built last goes first.
    const built = inOrder(stack.deployment?.template.Resources ?? {}).map(([logicalId]) => logicalId);
    stack.operation?.leftBehind.sort((a, b) => built.indexOf(b.logicalId) - built.indexOf(a.logicalId));
    stack.outputs = outputsOf(next, scope);
    stack.imports = [...scope.imports];
  }

  async #create(
    stack: Stack,
    logicalId: string,
    definition: ResourceDefinition,
    type: ResourceType<Record<string, unknown>>,
    properties: JsonObject,
    verb: 'CREATE' | 'UPDATE',
  ): Promise<void> {
    const context = this.#contextOf(stack, logicalId);
    const record: ResourceRecord = {
      type: type.type,
      id: '',
      attributes: {},
      properties,
      metadata: definition.Metadata ?? null,
      deletionPolicy: definition.DeletionPolicy ?? 'Delete',
      updateReplacePolicy: definition.UpdateReplacePolicy ?? 'Delete',
      status: `${verb}_IN_PROGRESS`,
      updatedAt: new Date().toISOString(),
    };
    const previous = stack.resources[logicalId];
    await this.#event(stack, logicalId, record, `${verb}_IN_PROGRESS`, previous ? replacing : null);
    try {
      const checked = await this.#checked(type, properties, context);
      const keep = (made: Made) => {
        record.id = made.id;
        record.attributes = { ...record.attributes, ...made.attributes };
        stack.resources[logicalId] = record;
      };
      const made = await type.create(checked, context);
      keep(made);
      const configured = await type.configure?.(made, checked, context);
      if (configured) keep(configured);
    } catch (error) {
      throw await this.#resourceFailed(stack, logicalId, type.type, `${verb}_FAILED`, error as Error, record);
    }
    record.status = `${verb}_COMPLETE`;
    await this.#event(stack, logicalId, record, `${verb}_COMPLETE`);
  }

  async #update(
    stack: Stack,
    logicalId: string,
    definition: ResourceDefinition,
    type: ResourceType<Record<string, unknown>>,
    properties: JsonObject,
    record: ResourceRecord,
  ): Promise<void> {
    const before = structuredClone(record);
    record.metadata = definition.Metadata ?? null;
    record.deletionPolicy = definition.DeletionPolicy ?? 'Delete';
    record.updateReplacePolicy = definition.UpdateReplacePolicy ?? 'Delete';
    const otherType = record.type !== definition.Type;
    const changed = otherType ? [] : differences(logicalId, type, record.properties, properties);
    if (!otherType && changed.length === 0 && isDeepStrictEqual(before.metadata, record.metadata)) return;
    if (otherType || changed.some(({ replaces }) => replaces)) {
      stack.operation?.undo.push({ kind: 'replaced', logicalId, before });
      stack.operation?.leftBehind.push({ logicalId, record: before, replaced: true });
      await this.#create(stack, logicalId, definition, type, properties, 'UPDATE');
      return;
    }
    stack.operation?.undo.push({ kind: 'updated', logicalId, before });
    await this.#event(stack, logicalId, record, 'UPDATE_IN_PROGRESS');
    try {
      await this.#apply(stack, logicalId, type, record, properties);
    } catch (error) {
      throw await this.#resourceFailed(stack, logicalId, type.type, 'UPDATE_FAILED', error as Error, record);
    }
    await this.#event(stack, logicalId, record, 'UPDATE_COMPLETE');
  }

  /** Changes a resource in place, calling each function once even where several properties share it. */
  async #apply(
    stack: Stack,
    logicalId: string,
    type: ResourceType<Record<string, unknown>>,
    record: ResourceRecord,
    properties: JsonObject,
  ): Promise<void> {
    const context = this.#contextOf(stack, logicalId);
    const changed = differences(logicalId, type, record.properties, properties);
    const next = await this.#checked(type, properties, context);
    const before = await this.#checked(type, record.properties, context);
    const carryOuts = Object.entries(type.updates).filter(([name]) => changed.some((change) => change.name === name));
    for (const carryOut of new Set(carryOuts.map(([, update]) => update))) {
      const made = await carryOut?.({ id: record.id, attributes: record.attributes }, next, context, before);
      if (made) Object.assign(record, { id: made.id, attributes: { ...record.attributes, ...made.attributes } });
    }
    record.properties = properties;
    record.status = 'UPDATE_COMPLETE';
    record.updatedAt = new Date().toISOString();
  }

  async #restore(stack: Stack, logicalId: string, before: ResourceRecord): Promise<void> {
    const record = stack.resources[logicalId] ?? before;
    const type = await resourceType(record.type);
    await this.#event(stack, logicalId, record, 'UPDATE_IN_PROGRESS');
    try {
      // What the failed change had reached isn't known: every changed property is set back.
      const touched = { ...record, properties: { ...record.properties } };
      const next = stack.operation?.next;
      const definition = next?.template.Resources[logicalId];
      if (next && definition) {
        touched.properties = propertiesOf(definition, type, next.tags, scopeOf(stack, next, this.#stacks));
      }
      await this.#apply(stack, logicalId, type, touched, before.properties);
      stack.resources[logicalId] = { ...before, attributes: touched.attributes };
    } catch (error) {
      throw await this.#resourceFailed(stack, logicalId, record.type, 'UPDATE_FAILED', error as Error, record);
    }
    await this.#event(stack, logicalId, before, 'UPDATE_COMPLETE');
  }

  async #removeLeftBehind(stack: Stack): Promise<void> {
    for (const { logicalId, record, replaced } of stack.operation?.leftBehind ?? []) {
      // The new one has taken the old one's place under the same name.
      if (replaced && stack.resources[logicalId]?.id === record.id) continue;
      const policy = replaced ? record.updateReplacePolicy : record.deletionPolicy;
      if (policy === 'Retain') await this.#event(stack, logicalId, record, 'DELETE_SKIPPED');
      else await this.#remove(stack, logicalId, record);
      if (!replaced) delete stack.resources[logicalId];
    }
  }

  /** @returns whether it is gone */
  async #remove(stack: Stack, logicalId: string, record: ResourceRecord): Promise<boolean> {
    await this.#event(stack, logicalId, record, 'DELETE_IN_PROGRESS');
    try {
      const type = await resourceType(record.type);
      const context = this.#contextOf(stack, logicalId, record.deletionPolicy);
      // Dynamic references stay as they are: what they name may be gone already, and nothing is made from it any more.
      const properties = this.#parsed(type, record.properties);
      await type.remove({ id: record.id, attributes: record.attributes }, properties, context).catch((error: Error) => {
        if (!gone.test(error.name) && !gone.test(error.message)) throw error;
      });
    } catch (error) {
      record.status = 'DELETE_FAILED';
      await this.#event(stack, logicalId, record, 'DELETE_FAILED', reasonOf(error as Error));
      return false;
    }
    if (stack.resources[logicalId]?.id === record.id) delete stack.resources[logicalId];
    await this.#event(stack, logicalId, record, 'DELETE_COMPLETE');
    return true;
  }

  /** The properties as the type wants them, dynamic references resolved. */
  async #checked(
    type: ResourceType<Record<string, unknown>>,
    properties: JsonObject,
    context: Context,
  ): Promise<Record<string, unknown>> {
    return this.#parsed(type, await resolveDynamicReferences(properties, context));
  }

  #parsed(type: ResourceType<Record<string, unknown>>, properties: JsonObject): Record<string, unknown> {
    const parsed = type.properties.safeParse(properties);
    if (parsed.success) return parsed.data;
    const [issue] = parsed.error.issues;
    throw new Error(
      `リハーサルは ${type.type} のプロパティ ${issue?.path.join('.') ?? ''} のこの値を実行できません（${issue?.message ?? ''}）。`,
    );
  }

  async #failed(stack: Stack, error: Error): Promise<void> {
    const kind = stack.operation?.kind ?? 'UPDATE';
    const reason =
      error instanceof ResourceFailed
        ? `The following resource(s) failed to ${kind.toLowerCase()}: [${error.message}]. `
        : reasonOf(error);
    if (!stack.operation?.rollback) await this.#stackStatus(stack, `${kind}_FAILED`, reason);
    else await this.rollback(stack, `${reason}${kind === 'CREATE' ? 'Rollback requested by user.' : ''}`);
  }

  async #resourceFailed(
    stack: Stack,
    logicalId: string,
    type: string,
    status: string,
    error: Error,
    record?: ResourceRecord,
  ): Promise<ResourceFailed> {
    if (record) record.status = status;
    const known = record ?? { type, id: '', properties: {} };
    await this.#event(stack, logicalId, known, status, reasonOf(error));
    return new ResourceFailed(logicalId);
  }

  async #stackStatus(stack: Stack, status: string, reason: string | null = null): Promise<void> {
    stack.status = status;
    stack.statusReason = reason;
    if (!status.startsWith('CREATE')) stack.updatedAt = new Date().toISOString();
    await this.#event(stack, stack.name, { type: stackType, id: stack.id, properties: {} }, status, reason);
  }

  async #event(
    stack: Stack,
    logicalId: string,
    { type, id, properties }: Pick<ResourceRecord, 'type' | 'id' | 'properties'>,
    status: string,
    reason: string | null = null,
  ): Promise<void> {
    stack.events.unshift({
      id: type === stackType ? crypto.randomUUID() : `${logicalId}-${status}-${crypto.randomUUID()}`,
      at: new Date().toISOString(),
      logicalId,
      physicalId: id,
      type,
      status,
      reason,
      properties: type === stackType ? null : JSON.stringify(properties),
    });
    await this.#stacks.save();
  }
}

const replacing = 'Requested update requires the creation of a new physical resource; hence creating one.';

/** An error in CloudFormation's words: what the service said, and its code. */
function reasonOf(error: Error): string {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number; requestId?: string } };
  if (!$metadata) return error.message;
  return `${error.message} (Status Code: ${$metadata.httpStatusCode ?? '-'}; Error Code: ${error.name})`;
}

function outputsOf(deployment: Deployment, scope: ReturnType<typeof scopeOf>): Output[] {
  const text = (value: Json): string => (Array.isArray(value) ? value.map(textOf).join(',') : textOf(value));
  return Object.entries(deployment.template.Outputs ?? {})
    .filter(([, { Condition }]) => Condition === undefined || holds(Condition, scope))
    .map(([key, output]) => ({
      key,
      value: text(evaluate(output.Value, scope)),
      description: output.Description ?? null,
      exportName: output.Export ? text(evaluate(output.Export.Name, scope)) : null,
    }));
}
