import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** An SNS topic, as one who wants to tell people something by it meets it. */
export interface Topic {
  exists: boolean;
  /** Whether its policy lets the service publish. */
  open: boolean;
  confirmed: number;
  /** Subscriptions whose confirmation is still waited for. */
  unconfirmed: number;
}

/** The topic with this ARN, and whether this service (e.g. `cloudwatch.amazonaws.com`) may publish to it. */
export async function topic({ aws }: World, TopicArn: string, service: string): Promise<Topic> {
  try {
    const [{ Attributes }, { Subscriptions = [] }] = await Promise.all([
      aws.sns.getTopicAttributes({ TopicArn }),
      aws.sns.listSubscriptionsByTopic({ TopicArn }),
    ]);
    // A subscription that nobody has confirmed has the word PendingConfirmation in place of its ARN.
    const confirmed = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:')).length;
    const unconfirmed = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
    return { exists: true, open: letsPublish(Attributes?.Policy ?? '', service), confirmed, unconfirmed };
  } catch (error) {
    if (isNotThere(error)) return { exists: false, open: false, confirmed: 0, unconfirmed: 0 };
    throw error;
  }
}

/**
 * Budgets has to be named: https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
 * An alarm counts as its own account, which the policy of a new topic lets in (`AWS:SourceOwner`).
 */
function letsPublish(policy: string, service: string): boolean {
  let statements: unknown;
  try {
    statements = JSON.parse(policy).Statement;
  } catch {
    return false;
  }
  return [statements].flat().some((statement) => {
    if (typeof statement !== 'object' || statement === null) return false;
    const { Effect, Principal, Action, Condition } = statement as Record<string, unknown>;
    const named = typeof Principal === 'object' && Principal !== null ? Reflect.get(Principal, 'Service') : Principal;
    const everybody = typeof Principal === 'object' && Principal !== null && Reflect.get(Principal, 'AWS') === '*';
    const ownAccount = everybody && /aws:source(owner|account)/i.test(JSON.stringify(Condition ?? {}));
    return (
      Effect === 'Allow' &&
      ([named].flat().some((name) => name === service || name === '*') ||
        (ownAccount && service === 'cloudwatch.amazonaws.com')) &&
      [Action].flat().some((action) => /^(sns:(publish|\*)|\*)$/i.test(String(action)))
    );
  });
}

/** Every SNS topic of the region. Its id is its name. */
export async function topics(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ Topics = [] }, stack] = await Promise.all([world.aws.sns.listTopics({}), workbookStack(world)]);
  return Topics.map(({ TopicArn: arn = '' }) => {
    const id = arn.split(':').at(-1) ?? '';
    return {
      type: 'AWS::SNS::Topic',
      id,
      arn,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(arn),
      properties: {},
    };
  });
}
