import { IAM } from '@aws-sdk/client-iam';
import type { Context } from '../resource-type.ts';
import { allows, type PolicyDocument } from './permission.ts';

/** Why a task didn't start, in the words that ECS puts into `stoppedReason`. */
export class TaskFailedToStart extends Error {
  override name = 'TaskFailedToStart';
}

/** The role that ECS itself uses to start a task; its policies are read once. */
export class ExecutionRole {
  readonly #arn: string | undefined;
  readonly #client: Context['client'];
  #policies: Promise<PolicyDocument[]> | null = null;

  constructor(arn: string | undefined, client: Context['client']) {
    this.#arn = arn;
    this.#client = client;
  }

  /**
   * @param words makes the task's stopped reason of what AWS said
   * @throws TaskFailedToStart where the role may not do it, or isn't there
   */
  async need(action: string, resource: string, words: (said: string) => string): Promise<void> {
    this.#policies ??= this.#read();
    if (allows(await this.#policies, action, resource)) return;
    throw new TaskFailedToStart(
      words(
        `AccessDeniedException: User: ${this.#arn ?? 'the task without an execution role'} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`,
      ),
    );
  }

  async #read(): Promise<PolicyDocument[]> {
    const RoleName = this.#arn?.split('/').at(-1);
    if (!RoleName) return [];
    const iam = this.#client(IAM);
    const [inline, attached] = await Promise.all([
      iam.listRolePolicies({ RoleName }),
      iam.listAttachedRolePolicies({ RoleName }),
    ]).catch((error: Error) => {
      if (!error.name.startsWith('NoSuchEntity')) throw error;
      throw new TaskFailedToStart(
        `ECS was unable to assume the role '${this.#arn}' that was provided for this task. Please verify that the role being passed has the proper trust relationship and permissions and that your IAM user has permissions to pass this role.`,
      );
    });
    const own = (inline.PolicyNames ?? []).map(async (PolicyName) =>
      documentOf((await iam.getRolePolicy({ RoleName, PolicyName })).PolicyDocument),
    );
    const managed = (attached.AttachedPolicies ?? []).map(async ({ PolicyArn }) => {
      const { Policy } = await iam.getPolicy({ PolicyArn });
      const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy?.DefaultVersionId });
      return documentOf(PolicyVersion?.Document);
    });
    return Promise.all([...own, ...managed]);
  }
}

/** Policies come as JSON or URL-encoded JSON. */
function documentOf(text: string | undefined): PolicyDocument {
  const plain = text?.trimStart().startsWith('{') ? text : decodeURIComponent(text ?? '{}');
  return JSON.parse(plain) as PolicyDocument;
}
