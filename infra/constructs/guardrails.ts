import {
  aws_budgets as budgets,
  aws_cloudtrail as cloudtrail,
  Duration,
  aws_iam as iam,
  RemovalPolicy,
  Stack,
  aws_s3 as s3,
  aws_sns as sns,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { names } from '../blueprint.ts';

export interface GuardrailsProps {
  /** US dollars a month. */
  limit: number;
  /** Who is told; empty for nobody yet. SNS sends a mail with a link to confirm first. */
  alertEmail: string;
  names: ReturnType<typeof names>;
}

/** Shares of the limit at which to tell: what was spent so far, and what the month will come to. */
const ALERTS = [
  { NotificationType: 'ACTUAL', Threshold: 50 },
  { NotificationType: 'ACTUAL', Threshold: 80 },
  { NotificationType: 'FORECASTED', Threshold: 100 },
];

/**
 * What warns and what remembers, before anything costs: a monthly budget that tells, and a trail of who did what.
 * A budget is hours late and stops nothing.
 *
 * @example
 * new Guardrails(stack, 'Guardrails', { limit: 20, alertEmail: 'me@example.com', names: names('') })
 */
export class Guardrails extends Construct {
  readonly topic: sns.Topic;
  readonly trail: cloudtrail.Trail;

  constructor(scope: Construct, id: string, { limit, alertEmail, names }: GuardrailsProps) {
    super(scope, id);
    this.topic = new sns.Topic(this, 'Alerts', { topicName: names.alerts, enforceSSL: true });
    const told = this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('budgets.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
      }),
    );
    // A topic with a policy of its own tells nobody for CloudWatch unless the policy says so: chapter 4's alarms ring here.
    this.topic.addToResourcePolicy(
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    if (alertEmail !== '') {
      new sns.Subscription(this, 'Email', {
        topic: this.topic,
        protocol: sns.SubscriptionProtocol.EMAIL,
        endpoint: alertEmail,
      });
    }
    const budget = new budgets.CfnBudget(this, 'Budget', {
      budget: {
        budgetName: names.budget,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: limit, unit: 'USD' },
        // With credits counted, the budget stays near zero until they are used up.
        costTypes: { includeCredit: false, includeRefund: false },
      },
      notificationsWithSubscribers: ALERTS.map(({ NotificationType, Threshold }) => ({
        notification: {
          notificationType: NotificationType,
          threshold: Threshold,
          thresholdType: 'PERCENTAGE',
          comparisonOperator: 'GREATER_THAN',
        },
        subscribers: [{ subscriptionType: 'SNS', address: this.topic.topicArn }],
      })),
    });
    // Budgets refuses a topic to which it may not publish.
    if (told.policyDependable) budget.node.addDependency(told.policyDependable);
    this.trail = this.#trail(names);
  }

  /** The first copy of the management events is free; the bucket keeps them for 90 days, also after the stack has gone. */
  #trail(names: GuardrailsProps['names']): cloudtrail.Trail {
    const bucket = new s3.Bucket(this, 'Logs', {
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      encryption: s3.BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      lifecycleRules: [{ expiration: Duration.days(90) }],
      // A bucket with logs in it can't be deleted, and the record of what happened should outlast the stack.
      removalPolicy: RemovalPolicy.RETAIN,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason: 'これ自体が記録の置き場所です。記録を読んだ記録までは、この環境では残しません。',
    });
    return new cloudtrail.Trail(this, 'Trail', {
      trailName: names.trail,
      bucket,
      isMultiRegionTrail: true,
      enableFileValidation: true,
      managementEvents: cloudtrail.ReadWriteType.ALL,
    });
  }
}
