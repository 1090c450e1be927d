import type { Notification } from '@aws-sdk/client-budgets';
import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import type { Budget } from './budgets.ts';
import type { Caller } from './caller.ts';
import { type Topic, topic } from './topics.ts';

/** Someone whom a budget tells. */
export interface Subscriber {
  kind: 'EMAIL' | 'SNS';
  /** The e-mail address with its name hidden (`y…@example.com`), or the topic's ARN. */
  address: string;
  /** Only for a topic of the region that is looked at; null for e-mail and for topics elsewhere. */
  topic: Topic | null;
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
            return {
              kind: 'SNS',
              address: Address,
              topic: here ? await topic(world, Address, 'budgets.amazonaws.com') : null,
            };
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
