import type { Context } from '../resource-type.ts';
import { type ChangeSet, ChangeSets, changeAnswer } from './change-sets.ts';
import { CloudFormationError } from './error.ts';
import { type ContextOf, Executor } from './execute.ts';
import { assertSupported } from './plan.ts';
import type { ResourceRecord, Stack, StackEvent, Stacks } from './stack.ts';
import { bodyOf, submissionOf, textsOf } from './submission.ts';
import { readTemplate, textOf } from './template.ts';
import { answerXml, type Value } from './xml.ts';

type Form = Record<string, string>;

/** CloudFormation's API: every call that the CDK and the AWS CLI need to deploy, compare, watch and delete stacks. */
export class CloudFormation {
  readonly #stacks: Stacks;
  readonly #sets = new ChangeSets();
  readonly #executor: Executor;
  readonly #contextOf: ContextOf;
  readonly #running = new Set<Promise<void>>();
  readonly #log: (line: string) => void;

  constructor(stacks: Stacks, contextOf: ContextOf, log: (line: string) => void) {
    this.#stacks = stacks;
    this.#contextOf = contextOf;
    this.#executor = new Executor(stacks, contextOf);
    this.#log = log;
  }

  /**
   * Answers one call as XML.
   *
   * @throws CloudFormationError for what AWS would refuse, and for an operation the rehearsal doesn't have
   */
  async answer(action: string, form: Form): Promise<string> {
    const handle = this.#actions[action];
    if (!handle) {
      throw new CloudFormationError('InvalidAction', `リハーサルの CloudFormation には ${action} がありません。`);
    }
    return answerXml(action, await handle(form));
  }

  /** Finishes what an earlier run left in the middle. */
  async resume(): Promise<void> {
    await this.#executor.resume();
  }

  /** Waits until nothing is being carried out. */
  async settle(): Promise<void> {
    await Promise.all(this.#running);
  }

  async reset(): Promise<void> {
    await this.settle();
    this.#sets.clear();
    await this.#stacks.clear();
  }

  readonly #actions: Record<string, (form: Form) => Value | Promise<Value>> = {
    CreateChangeSet: (form) => this.#createChangeSet(form),
    DescribeChangeSet: (form) => {
      const set = this.#sets.get(form.ChangeSetName ?? '', this.#stacks.find(form.StackName ?? ''));
      return this.#describe(set, form.IncludePropertyValues === 'true');
    },
    ListChangeSets: (form) => ({
      Summaries: this.#sets.of(this.#stacks.get(form.StackName)).map((set) => this.#summary(set)),
    }),
    DeleteChangeSet: (form) => {
      this.#sets.delete(form.ChangeSetName ?? '', this.#stacks.find(form.StackName ?? ''));
      return null;
    },
    ExecuteChangeSet: (form) => this.#executeChangeSet(form),
    CreateStack: (form) => this.#createStack(form),
    UpdateStack: (form) => this.#updateStack(form),
    DeleteStack: (form) => this.#deleteStack(form),
    RollbackStack: (form) => this.#continueRollback(form),
    ContinueUpdateRollback: (form) => this.#continueRollback(form),
    UpdateTerminationProtection: async (form) => {
      const stack = this.#stacks.get(form.StackName);
      stack.terminationProtection = form.EnableTerminationProtection === 'true';
      await this.#stacks.save();
      return { StackId: stack.id };
    },
    DescribeStacks: (form) => ({
      Stacks: (form.StackName ? [this.#stacks.get(form.StackName)] : this.#stacks.living()).map(stackAnswer),
    }),
    ListStacks: (form) => {
      const filter = textsOf(form, 'StackStatusFilter');
      const chosen = this.#stacks.all().filter(({ status }) => filter.length === 0 || filter.includes(status));
      return { StackSummaries: chosen.map(summaryAnswer) };
    },
    DescribeStackEvents: (form) => {
      const stack = this.#stacks.get(form.StackName);
      return { StackEvents: stack.events.map((event) => eventAnswer(stack, event)) };
    },
    DescribeEvents: (form) => this.#describeEvents(form),
    DescribeStackResources: (form) => {
      const stack = this.#resourcesOwner(form);
      const only = form.LogicalResourceId;
      const records = Object.entries(stack.resources).filter(([logicalId]) => only === undefined || logicalId === only);
      return { StackResources: records.map(([logicalId, record]) => resourceAnswer(stack, logicalId, record)) };
    },
    DescribeStackResource: (form) => {
      const stack = this.#stacks.get(form.StackName);
      const logicalId = form.LogicalResourceId ?? '';
      const record = stack.resources[logicalId];
      if (!record) {
        throw new CloudFormationError(
          'ValidationError',
          `Resource ${logicalId} does not exist for stack ${form.StackName}`,
        );
      }
      return { StackResourceDetail: resourceAnswer(stack, logicalId, record) };
    },
    ListStackResources: (form) => {
      const stack = this.#stacks.get(form.StackName);
      return {
        StackResourceSummaries: Object.entries(stack.resources).map(([logicalId, record]) =>
          resourceAnswer(stack, logicalId, record),
        ),
      };
    },
    GetTemplate: (form) => {
      const set = form.ChangeSetName;
      const stack = this.#stacks.find(form.StackName ?? '');
      if (set) return { TemplateBody: this.#sets.get(set, stack).deployment.body };
      return { TemplateBody: this.#stacks.get(form.StackName).deployment?.body ?? '{}' };
    },
    GetTemplateSummary: (form) => this.#templateSummary(form),
    ValidateTemplate: (form) => this.#templateSummary(form),
    ListExports: () => ({
      Exports: this.#stacks
        .exports()
        .map(({ name, value, stackId }) => ({ ExportingStackId: stackId, Name: name, Value: value })),
    }),
    ListImports: (form) => ({ Imports: this.#importers(form.ExportName ?? '').map(({ name }) => name) }),
  };

  async #createChangeSet(form: Form): Promise<Value> {
    const name = form.StackName ?? '';
    const existing = this.#stacks.find(name);
    const type = form.ChangeSetType ?? 'UPDATE';
    if (type === 'IMPORT') {
      throw new CloudFormationError('ValidationError', 'リハーサルは既存のリソースのインポートを実行できません。');
    }
    if (type === 'UPDATE' && !existing) {
      throw new CloudFormationError('ValidationError', `Stack [${name}] does not exist`);
    }
    if (type === 'CREATE' && existing && existing.status !== 'REVIEW_IN_PROGRESS') {
      throw new CloudFormationError(
        'ValidationError',
        `Stack [${name}] already exists and cannot be created again with the changeSet [${form.ChangeSetName}].`,
      );
    }
    if (existing) assertIdle(existing);
    const deployment = await submissionOf(form, existing, this.#context(existing?.name ?? name));
    assertSupported(deployment);
    const stack = existing ?? (await this.#stacks.add(name));
    const set = await this.#sets.create(
      stack,
      { name: form.ChangeSetName ?? '', description: form.Description ?? null },
      deployment,
      this.#stacks,
    );
    return { Id: set.id, StackId: stack.id };
  }

  #executeChangeSet(form: Form): Value {
    const set = this.#sets.get(form.ChangeSetName ?? '', this.#stacks.find(form.StackName ?? ''));
    if (set.executionStatus !== 'AVAILABLE') {
      throw new CloudFormationError(
        'InvalidChangeSetStatus',
        `ChangeSet [${set.id}] cannot be executed in its current status of [${set.status}]`,
      );
    }
    const stack = this.#stacks.get(set.stackId);
    assertIdle(stack);
    this.#sets.delete(set.id, stack);
    this.#start(stack, this.#executor.deploy(stack, set.deployment, { rollback: form.DisableRollback !== 'true' }));
    return null;
  }

  async #createStack(form: Form): Promise<Value> {
    const name = form.StackName ?? '';
    if (this.#stacks.find(name))
      throw new CloudFormationError('AlreadyExistsException', `Stack [${name}] already exists`);
    const deployment = await submissionOf(form, undefined, this.#context(name));
    assertSupported(deployment);
    const stack = await this.#stacks.add(name);
    const rollback = form.DisableRollback !== 'true' && form.OnFailure !== 'DO_NOTHING';
    this.#start(stack, this.#executor.deploy(stack, deployment, { rollback }));
    return { StackId: stack.id };
  }

  async #updateStack(form: Form): Promise<Value> {
    const stack = this.#stacks.get(form.StackName);
    assertIdle(stack);
    const deployment = await submissionOf(form, stack, this.#context(stack.name));
    const set = await this.#sets.create(
      stack,
      { name: crypto.randomUUID(), description: null },
      deployment,
      this.#stacks,
    );
    this.#sets.delete(set.id, stack);
    if (set.status === 'FAILED') {
      const nothing = set.reason?.startsWith('The submitted information');
      throw new CloudFormationError(
        'ValidationError',
        nothing ? 'No updates are to be performed.' : (set.reason ?? ''),
      );
    }
    this.#start(stack, this.#executor.deploy(stack, deployment, { rollback: form.DisableRollback !== 'true' }));
    return { StackId: stack.id };
  }

  #deleteStack(form: Form): Value {
    const stack = this.#stacks.find(form.StackName ?? '');
    if (!stack || stack.deletedAt !== null) return null;
    if (stack.terminationProtection) {
      throw new CloudFormationError(
        'ValidationError',
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    }
    assertIdle(stack);
    for (const { exportName } of stack.outputs) {
      const users = exportName === null ? [] : this.#importers(exportName);
      if (users.length > 0) {
        throw new CloudFormationError(
          'ValidationError',
          `Export ${exportName} cannot be deleted as it is in use by ${users.map(({ name }) => name).join(', ')}`,
        );
      }
    }
    this.#start(stack, this.#executor.delete(stack));
    return null;
  }

  #continueRollback(form: Form): Value {
    const stack = this.#stacks.get(form.StackName);
    assertIdle(stack);
    this.#start(stack, this.#executor.rollback(stack, 'User Initiated'));
    return { StackId: stack.id };
  }

  /** Runs an operation beside the API; its first status is set before the call is answered. */
  #start(stack: Stack, operation: Promise<void>): void {
    const run = operation
      .catch((error: Error) => this.#log(`${stack.name}: ${error.stack}`))
      .finally(() => this.#running.delete(run));
    this.#running.add(run);
  }

  #importers(exportName: string): Stack[] {
    return this.#stacks.living().filter(({ imports }) => imports.includes(exportName));
  }

  /** The failures of a change set or stack, as the CDK asks for them when a change set failed. */
  #describeEvents(form: Form): Value {
    const stack = this.#stacks.find(form.StackName ?? '');
    const failed = form['Filters.FailedEvents'] === 'true';
    const events = (stack?.events ?? []).filter(({ status }) => !failed || status.endsWith('_FAILED'));
    const chosen = stack && !form.ChangeSetName ? events.map((event) => eventAnswer(stack, event)) : [];
    return {
      OperationEvents: chosen.map((event) => ({ ...event, EventType: 'STACK_EVENT' })),
    };
  }

  #resourcesOwner(form: Form): Stack {
    if (form.StackName) return this.#stacks.get(form.StackName);
    const id = form.PhysicalResourceId ?? '';
    const owner = this.#stacks
      .living()
      .find(({ resources }) => Object.values(resources).some((each) => each.id === id));
    if (!owner) throw new CloudFormationError('ValidationError', `Stack for ${id} does not exist`);
    return owner;
  }

  async #templateSummary(form: Form): Promise<Value> {
    const stack = form.StackName ? this.#stacks.get(form.StackName) : undefined;
    const body = stack ? (stack.deployment?.body ?? '{}') : await bodyOf(form, undefined, this.#context('template'));
    const { Description, Parameters = {}, Resources } = readTemplate(body);
    const types = Object.values(Resources).map(({ Type }) => Type);
    const iam = types.some((type) => type.startsWith('AWS::IAM::'));
    return {
      Description: Description ?? null,
      Parameters: Object.entries(Parameters).map(([ParameterKey, { Type, Default, NoEcho, Description: about }]) => ({
        ParameterKey,
        ParameterType: Type,
        DefaultValue: Default === undefined ? null : textOf(Default),
        NoEcho: NoEcho === true || NoEcho === 'true',
        Description: about ?? null,
      })),
      ResourceTypes: [...new Set(types)],
      Capabilities: iam ? ['CAPABILITY_NAMED_IAM'] : [],
    };
  }

  #summary(set: ChangeSet): { [name: string]: Value } {
    const stack = this.#stacks.get(set.stackId);
    return {
      ChangeSetName: set.name,
      ChangeSetId: set.id,
      StackId: stack.id,
      StackName: stack.name,
      Description: set.description,
      CreationTime: set.createdAt,
      Status: set.status,
      StatusReason: set.reason,
      ExecutionStatus: set.executionStatus,
    };
  }

  #describe(set: ChangeSet, withValues: boolean): Value {
    return {
      ...this.#summary(set),
      Parameters: parametersAnswer(set.deployment.parameters),
      Capabilities: set.deployment.capabilities,
      Tags: set.deployment.tags.map((tag) => ({ ...tag })),
      IncludeNestedStacks: false,
      Changes: set.changes.map((change) => changeAnswer(change, withValues)),
    };
  }

  #context(stackName: string): Context {
    return this.#contextOf({ name: stackName, id: '' }, '');
  }
}

function assertIdle(stack: Stack): void {
  if (!stack.status.endsWith('_IN_PROGRESS') || stack.status === 'REVIEW_IN_PROGRESS') return;
  throw new CloudFormationError(
    'ValidationError',
    `Stack:${stack.id} is in ${stack.status} state and can not be updated.`,
  );
}

const parametersAnswer = (parameters: Record<string, string>): Value =>
  Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({ ParameterKey, ParameterValue }));

function stackAnswer(stack: Stack): Value {
  return {
    StackName: stack.name,
    StackId: stack.id,
    Description: stack.deployment?.template.Description ?? null,
    Parameters: parametersAnswer(stack.deployment?.parameters ?? {}),
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt,
    DeletionTime: stack.deletedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: false,
    EnableTerminationProtection: stack.terminationProtection,
    RoleARN: stack.deployment?.roleArn ?? null,
    Capabilities: stack.deployment?.capabilities ?? [],
    Tags: (stack.deployment?.tags ?? []).map((tag) => ({ ...tag })),
    NotificationARNs: [],
    Outputs: stack.outputs.map(({ key, value, description, exportName }) => ({
      OutputKey: key,
      OutputValue: value,
      Description: description,
      ExportName: exportName,
    })),
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function summaryAnswer(stack: Stack): Value {
  return {
    StackName: stack.name,
    StackId: stack.id,
    TemplateDescription: stack.deployment?.template.Description ?? null,
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt,
    DeletionTime: stack.deletedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

function resourceAnswer(stack: Stack, logicalId: string, record: ResourceRecord): Value {
  return {
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: logicalId,
    PhysicalResourceId: record.id,
    ResourceType: record.type,
    ResourceStatus: record.status,
    Timestamp: record.updatedAt,
    LastUpdatedTimestamp: record.updatedAt,
    Metadata: record.metadata === null ? null : JSON.stringify(record.metadata),
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

function eventAnswer(stack: Stack, event: StackEvent): { [name: string]: Value } {
  return {
    EventId: event.id,
    StackName: stack.name,
    StackId: stack.id,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    ResourceStatus: event.status,
    ResourceStatusReason: event.reason,
    ResourceProperties: event.properties,
    Timestamp: event.at,
  };
}
