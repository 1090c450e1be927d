import { readFile } from 'node:fs/promises';
import writeFileAtomic from 'write-file-atomic';
import { accountId, region } from '../resource-type.ts';
import { CloudFormationError } from './error.ts';
import type { Json, JsonObject, Template } from './template.ts';

/** What is deployed: a template with its parameters' values and the stack's tags. */
export interface Deployment {
  template: Template;
  /** As it was given, for GetTemplate. */
  body: string;
  parameters: Record<string, string>;
  /** The parameters as the template sees them (lists split, SSM parameters read). */
  values: Record<string, Json>;
  tags: Tag[];
  capabilities: string[];
  roleArn: string | null;
}

export interface Tag {
  Key: string;
  Value: string;
}

/** A resource that exists. */
export interface ResourceRecord {
  type: string;
  id: string;
  attributes: Record<string, string>;
  /** All functions evaluated; dynamic references (`{{resolve:…}}`) are kept unresolved, so no secret is in here. */
  properties: JsonObject;
  metadata: Json;
  deletionPolicy: string;
  updateReplacePolicy: string;
  status: string;
  updatedAt: string;
}

export interface StackEvent {
  id: string;
  at: string;
  logicalId: string;
  physicalId: string;
  type: string;
  status: string;
  reason: string | null;
  properties: string | null;
}

/** How to take one step of a running operation back. */
export type Undo =
  | { kind: 'created'; logicalId: string }
  | { kind: 'replaced' | 'updated'; logicalId: string; before: ResourceRecord };

/** An operation in progress; it is kept on disk, so that one cut off in the middle is finished by the next start. */
export interface Operation {
  kind: 'CREATE' | 'UPDATE' | 'DELETE';
  undo: Undo[];
  /** What an update left behind: removed once everything new exists. */
  leftBehind: { logicalId: string; record: ResourceRecord; replaced: boolean }[];
  next: Deployment | null;
  rollback: boolean;
}

export interface Output {
  key: string;
  value: string;
  description: string | null;
  exportName: string | null;
}

export interface Stack {
  name: string;
  id: string;
  status: string;
  statusReason: string | null;
  createdAt: string;
  updatedAt: string | null;
  deletedAt: string | null;
  terminationProtection: boolean;
  deployment: Deployment | null;
  resources: Record<string, ResourceRecord>;
  outputs: Output[];
  /** Names that it imports from other stacks. */
  imports: string[];
  /** Newest first. */
  events: StackEvent[];
  operation: Operation | null;
}

/** All stacks, kept in one file. */
export class Stacks {
  readonly #file: string;
  #stacks: Stack[] = [];
  #closed = false;

  constructor(file: string) {
    this.#file = file;
  }

  async load(): Promise<void> {
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    this.#stacks = JSON.parse(text) as Stack[];
  }

  async save(): Promise<void> {
    if (this.#closed) return;
    await writeFileAtomic(this.#file, JSON.stringify(this.#stacks), { mode: 0o600, fsync: false });
  }

  /** Keeps the file as it is from now on: what is still being carried out counts as cut off. */
  close(): void {
    this.#closed = true;
  }

  async clear(): Promise<void> {
    this.#stacks = [];
    await this.save();
  }

  /** Every stack, deleted ones too, the newest first. */
  all(): Stack[] {
    return this.#stacks.toReversed();
  }

  living(): Stack[] {
    return this.all().filter(({ deletedAt }) => deletedAt === null);
  }

  /** By name (living ones only) or by id (deleted ones too); undefined where there is none. */
  find(nameOrId: string): Stack | undefined {
    return this.all().find(({ name, id, deletedAt }) => id === nameOrId || (name === nameOrId && deletedAt === null));
  }

  /** @throws CloudFormationError as AWS words it, where there is none */
  get(nameOrId: string | undefined): Stack {
    const found = this.find(nameOrId ?? '');
    if (!found) throw new CloudFormationError('ValidationError', `Stack with id ${nameOrId} does not exist`);
    return found;
  }

  async add(name: string): Promise<Stack> {
    const stack: Stack = {
      name,
      id: `arn:aws:cloudformation:${region}:${accountId}:stack/${name}/${crypto.randomUUID()}`,
      status: 'REVIEW_IN_PROGRESS',
      statusReason: 'User Initiated',
      createdAt: new Date().toISOString(),
      updatedAt: null,
      deletedAt: null,
      terminationProtection: false,
      deployment: null,
      resources: {},
      outputs: [],
      imports: [],
      events: [],
      operation: null,
    };
    this.#stacks.push(stack);
    await this.save();
    return stack;
  }

  /** Exports of all stacks, by name. */
  exports(): { name: string; value: string; stackId: string }[] {
    return this.living().flatMap(({ id, outputs }) =>
      outputs.flatMap(({ exportName, value }) =>
        exportName === null ? [] : [{ name: exportName, value, stackId: id }],
      ),
    );
  }
}
