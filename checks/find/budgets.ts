import type { Budget as AwsBudget, Expression } from '@aws-sdk/client-budgets';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import type { Caller } from './caller.ts';
import { workbookStack } from './stack.ts';

export interface Budget {
  /** `COST`, `USAGE`, … */
  type: string;
  /** `MONTHLY`, `DAILY`, … */
  unit: string;
  /** E.g. `20 USD`; null for one without a fixed limit. */
  limit: string | null;
  /** Whether it watches costs before credits are taken off. */
  beforeCredits: boolean;
  /** What it is narrowed to, e.g. `['SERVICE']`; empty when it watches the whole account. */
  filters: string[];
  /** False before its first and after its last day. */
  running: boolean;
}

/** Every budget of the caller's account, the one that fits a workbook best first. Its id is its name. */
export async function budgets(world: World, { account }: Caller): Promise<Resource<Budget>[]> {
  const [{ Budgets = [] }, stack] = await Promise.all([
    world.aws.budgets.describeBudgets({ AccountId: account, ShowFilterExpression: true }),
    workbookStack(world),
  ]);
  return Budgets.map((budget) => resource(budget, account, world.now, stack.origin(budget.BudgetName))).toSorted(
    (a, b) => fit(b.properties) - fit(a.properties),
  );
}

/** Whether a budget watches the account's costs month by month. */
export function isMonthlyCost({ type, unit }: Budget): boolean {
  return type === 'COST' && unit === 'MONTHLY';
}

/** Those as good as the first: with two equal budgets, either may be the one that tells somebody. */
export function bestOf(found: Resource<Budget>[]): Resource<Budget>[] {
  const [first] = found;
  return first ? found.filter(({ properties }) => fit(properties) === fit(first.properties)) : [];
}

function resource(budget: AwsBudget, account: string, now: Date, origin: Resource['origin']): Resource<Budget> {
  const id = budget.BudgetName ?? '';
  const { Start, End } = budget.TimePeriod ?? {};
  return {
    type: 'AWS::Budgets::Budget',
    id,
    arn: `arn:aws:budgets::${account}:budget/${id}`,
    name: id,
    parent: null,
    relations: {},
    origin,
    properties: {
      type: budget.BudgetType ?? '',
      unit: budget.TimeUnit ?? '',
      limit: budget.BudgetLimit ? `${Number(budget.BudgetLimit.Amount)} ${budget.BudgetLimit.Unit}` : null,
      beforeCredits: budget.CostTypes?.IncludeCredit === false || leavesOutCredits(budget.FilterExpression),
      filters: [
        ...Object.entries(budget.CostFilters ?? {}).flatMap(([name, values]) => (values.length > 0 ? [name] : [])),
        ...narrowing(budget.FilterExpression),
      ],
      running: (!Start || Start <= now) && (!End || End > now),
    },
  };
}

/**
 * Newer budgets say by a filter on the record type what older ones said by `CostTypes`:
 * https://docs.aws.amazon.com/aws-cost-management/latest/APIReference/API_budgets_Budget.html
 */
function leavesOutCredits(filter: Expression | undefined): boolean {
  if (!filter) return false;
  if (filter.And) return filter.And.some(leavesOutCredits);
  if (filter.Or) return filter.Or.length > 0 && filter.Or.every(leavesOutCredits);
  if (filter.Not) return isRecordType(filter.Not) && namesCredit(filter.Not);
  return isRecordType(filter) && !namesCredit(filter);
}

/** The dimensions other than the record type by which a filter leaves something out. */
function narrowing(filter: Expression | undefined): string[] {
  if (!filter) return [];
  const inner = [...(filter.And ?? []), ...(filter.Or ?? []), ...(filter.Not ? [filter.Not] : [])];
  return [
    ...inner.flatMap(narrowing),
    ...(filter.Dimensions && !isRecordType(filter) ? [filter.Dimensions.Key ?? ''] : []),
    ...(filter.Tags ? [`TAG:${filter.Tags.Key}`] : []),
    ...(filter.CostCategories ? [`COST_CATEGORY:${filter.CostCategories.Key}`] : []),
  ];
}

function isRecordType({ Dimensions }: Expression): boolean {
  return Dimensions?.Key === 'RECORD_TYPE';
}

function namesCredit({ Dimensions }: Expression): boolean {
  return Dimensions?.Values?.some((value) => value.toLowerCase() === 'credit') ?? false;
}

function fit(budget: Budget): number {
  return (
    (isMonthlyCost(budget) ? 8 : 0) +
    (budget.running ? 4 : 0) +
    (budget.filters.length === 0 ? 2 : 0) +
    (budget.beforeCredits ? 1 : 0)
  );
}
