import type { Notification } from '@aws-sdk/client-budgets';
import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import type { Budget } from './budgets.ts';
import type { Caller } from './caller.ts';

/** Someone whom a budget tells. */
export interface Subscriber {
  kind: 'EMAIL' | 'SNS';
  /** The e-mail address with its name hidden (`y…@example.com`), or the topic's ARN. */
  address: string;
  /** Only for a topic of the region that is looked at; null for e-mail and for topics elsewhere. */
  topic: Topic | null;
}

export interface Topic {
  exists: boolean;
  /** Whether its policy lets AWS Budgets publish. */
  open: boolean;
  confirmed: number;
  /** Subscriptions whose confirmation is still waited for. */
  unconfirmed: number;
}

export interface BudgetAlert {
  /** In words, e.g. `実績が50%を超えたとき`. */
  when: string;
  subscribers: Subscriber[];
}

/** When and whom a budget tells. */
export async function budgetAlerts(
  world: World,
  { account }: Caller,
  budget: Resource<Budget>,
): Promise<BudgetAlert[]> {
  const of = { AccountId: account, BudgetName: budget.id };
  const notifications = await world.aws.budgets
    .describeNotificationsForBudget(of)
    .then(({ Notifications = [] }) => Notifications, none<Notification>);
  return Promise.all(
    notifications.map(async (notification) => {
      const subscribers = await world.aws.budgets
        .describeSubscribersForNotification({ ...of, Notification: asked(notification) })
        .then(({ Subscribers = [] }) => Subscribers, none<never>);
      return {
        when: inWords(notification),
        subscribers: await Promise.all(
          subscribers.map(async ({ SubscriptionType, Address = '' }): Promise<Subscriber> => {
            if (SubscriptionType !== 'SNS') return { kind: 'EMAIL', address: hidden(Address), topic: null };
            const here = Address.split(':')[3] === world.choice.region;
            return { kind: 'SNS', address: Address, topic: here ? await topic(world, Address) : null };
          }),
        ),
      };
    }),
  );
}

/** The thresholds alone, for an AWS that can't tell subscribers (the rehearsal). */
export async function budgetThresholds(
  { aws }: World,
  { account }: Caller,
  budget: Resource<Budget>,
): Promise<BudgetAlert[]> {
  const { Notifications = [] } = await aws.budgets.describeNotificationsForBudget({
    AccountId: account,
    BudgetName: budget.id,
  });
  return Notifications.map((notification) => ({ when: inWords(notification), subscribers: [] }));
}

async function topic({ aws }: World, TopicArn: string): Promise<Topic> {
  try {
    const [{ Attributes }, { Subscriptions = [] }] = await Promise.all([
      aws.sns.getTopicAttributes({ TopicArn }),
      aws.sns.listSubscriptionsByTopic({ TopicArn }),
    ]);
    // A subscription that nobody has confirmed has the word PendingConfirmation in place of its ARN.
    const confirmed = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:')).length;
    const unconfirmed = Subscriptions.filter(({ SubscriptionArn }) => SubscriptionArn === 'PendingConfirmation').length;
    return { exists: true, open: letsBudgetsPublish(Attributes?.Policy ?? ''), confirmed, unconfirmed };
  } catch (error) {
    if (isNotThere(error)) return { exists: false, open: false, confirmed: 0, unconfirmed: 0 };
    throw error;
  }
}

/** https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html */
function letsBudgetsPublish(policy: string): boolean {
  let statements: unknown;
  try {
    statements = JSON.parse(policy).Statement;
  } catch {
    return false;
  }
  return [statements].flat().some((statement) => {
    if (typeof statement !== 'object' || statement === null) return false;
    const { Effect, Principal, Action } = statement as Record<string, unknown>;
    const service = typeof Principal === 'object' && Principal !== null ? Reflect.get(Principal, 'Service') : Principal;
    return (
      Effect === 'Allow' &&
      [service].flat().some((name) => name === 'budgets.amazonaws.com' || name === '*') &&
      [Action].flat().some((action) => /^(sns:(publish|\*)|\*)$/i.test(String(action)))
    );
  });
}

/** A notification is asked for by its four settings; AWS refuses its state. */
function asked({ NotificationType, ComparisonOperator, Threshold, ThresholdType }: Notification): Notification {
  return { NotificationType, ComparisonOperator, Threshold, ...(ThresholdType ? { ThresholdType } : {}) };
}

function inWords({ NotificationType, Threshold, ThresholdType }: Notification): string {
  const what = NotificationType === 'FORECASTED' ? '予測' : '実績';
  const unit = ThresholdType === 'ABSOLUTE_VALUE' ? 'ドル' : '%';
  return `${what}が${Threshold ?? 0}${unit}を超えたとき`;
}

/** Reports are shared with instructors; an address isn't theirs to see. */
function hidden(address: string): string {
  const [name = '', host = ''] = address.split('@');
  return host === '' ? '…' : `${name.slice(0, 1)}…@${host}`;
}

function none<Item>(error: unknown): Item[] {
  if (isNotThere(error)) return [];
  throw error;
}
