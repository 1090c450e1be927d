import { Duration, aws_iam as iam, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { names } from '../blueprint.ts';

export interface InstructorRoleProps {
  /** Twelve digits of the AWS account from which the instructor looks. */
  account: string;
  /** What the instructor has to say too; without it anybody who makes that account act for them could look. */
  externalId: string;
  /** The policy of the checks, `docs/checker-policy.json`. */
  policy: { Statement: { Resource: string | string[] }[] };
  names: ReturnType<typeof names>;
}

/**
 * A role by which an instructor runs the same checks in the learner's account: it only reads, for an hour at a time.
 * The external id closes the confused deputy's way:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html
 *
 * @example
 * new InstructorRole(stack, 'InstructorRole', { account: '111122223333', externalId: '…', policy, names: names('') })
 */
export class InstructorRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, { account, externalId, policy, names }: InstructorRoleProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      roleName: names.instructorRole,
      description: 'blog-aws-practice: an instructor looks, and changes nothing',
      assumedBy: new iam.AccountPrincipal(account).withConditions({ StringEquals: { 'sts:ExternalId': externalId } }),
      maxSessionDuration: Duration.hours(1),
      inlinePolicies: { Look: iam.PolicyDocument.fromJson(policy) },
    });
    for (const resource of new Set(policy.Statement.flatMap(({ Resource }) => Resource))) {
      Validations.of(this.role).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${resource}]`,
        reason: '学習者が付ける名前は決まっていないので、名前では絞れません。できるのは、見ることだけです。',
      });
    }
  }
}
