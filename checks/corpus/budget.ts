import type { Budget, Notification } from '@aws-sdk/client-budgets';
import type { Call } from '../ports/tape.ts';
import { aws, callerIs, failed } from './recorded.ts';

/** The account's budgets, as AWS tells them to a caller who has no workbook stack. */
export function budgetsAre(list: Partial<Budget>[], me = callerIs(':user/workbook')): Call[] {
  const AccountId = (me.output as { Account: string }).Account;
  const noStack = failed(aws('cloudformation', 'listStackResources', { StackName: 'blog-aws-practice' }, null), {
    name: 'ValidationError',
    message: 'Stack with id blog-aws-practice does not exist',
    status: 400,
  });
  const Budgets = list.map((budget) => ({ ...goodBudget, ...budget }));
  return [me, noStack, aws('budgets', 'describeBudgets', { AccountId, ShowFilterExpression: true }, { Budgets })];
}

/** A budget as the page has it made. */
export const goodBudget: Budget = {
  BudgetName: 'workbook',
  BudgetType: 'COST',
  TimeUnit: 'MONTHLY',
  BudgetLimit: { Amount: '20.0', Unit: 'USD' },
  CostTypes: { IncludeCredit: false, IncludeRefund: false },
  TimePeriod: { Start: new Date('2026-11-01T00:00:00Z'), End: new Date('2087-06-15T00:00:00Z') },
};

/** At half of it, as it stands. */
export const half: Notification = {
  NotificationType: 'ACTUAL',
  ComparisonOperator: 'GREATER_THAN',
  Threshold: 50,
  ThresholdType: 'PERCENTAGE',
};

/** What a budget tells whom; the state is AWS's own addition. */
export function alertsAre(
  BudgetName: string,
  subscribers: { SubscriptionType: string; Address: string }[] | null,
): Call[] {
  const of = { AccountId: '111122223333', BudgetName };
  const Notifications = subscribers === null ? [] : [{ ...half, NotificationState: 'OK' }];
  return [
    aws('budgets', 'describeNotificationsForBudget', of, { Notifications }),
    aws(
      'budgets',
      'describeSubscribersForNotification',
      { ...of, Notification: half },
      { Subscribers: subscribers ?? [] },
    ),
  ];
}
