import { type Budget, Budgets, type Notification, type Subscriber } from '@aws-sdk/client-budgets';
import { z } from 'zod';
import { accountId, type Context, defineResourceType, type Made, passedOn } from '../resource-type.ts';
import { tags } from '../tags.ts';

const properties = z.strictObject({
  Budget: passedOn<Omit<Budget, 'BudgetLimit'> & { BudgetLimit?: { Amount: number; Unit: string } }>(),
  NotificationsWithSubscribers: passedOn<{ Notification: Notification; Subscribers: Subscriber[] }[]>().optional(),
  ResourceTags: tags,
});
type Properties = z.infer<typeof properties>;

/** Makes the budget anew under its name: moto can't change one. */
async function remake(id: string, p: Properties, context: Context): Promise<Made> {
  const budgets = context.client(Budgets);
  await remove(id, context).catch((error: Error) => {
    if (error.name !== 'NotFoundException') throw error;
  });
  const { BudgetLimit, BudgetName = id, ...rest } = p.Budget;
  await budgets.createBudget({
    AccountId: accountId,
    Budget: {
      ...rest,
      BudgetName,
      ...(BudgetLimit && { BudgetLimit: { Amount: String(BudgetLimit.Amount), Unit: BudgetLimit.Unit } }),
    },
    NotificationsWithSubscribers: p.NotificationsWithSubscribers,
  });
  return { id: BudgetName };
}

async function remove(BudgetName: string, context: Context): Promise<void> {
  await context.client(Budgets).deleteBudget({ AccountId: accountId, BudgetName });
}

export default defineResourceType<Properties>({
  type: 'AWS::Budgets::Budget',
  properties,
  replacedBy: [],
  updates: {
    Budget: ({ id }, p, context) => remake(id, p, context),
    NotificationsWithSubscribers: ({ id }, p, context) => remake(id, p, context),
    // moto keeps no tags of a budget.
    ResourceTags: async () => {},
  },
  create: (p, context) => remake(p.Budget.BudgetName ?? context.generatedName(100), p, context),
  remove: ({ id }, _, context) => remove(id, context),
});
