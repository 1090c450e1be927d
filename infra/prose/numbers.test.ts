import prices from '@blog-aws-practice/checks/prices.json' with { type: 'json' };
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { blueprint, names } from '../blueprint.ts';
import { LEVELS, loadAt } from '../scale/model.ts';
import { type Page, page, pages } from './page.ts';

const { prices: list, hoursPerMonth } = prices;

/** Ranges that the text shows although the plan has no such: each is somebody's mistake, or somewhere else. */
const OTHER_RANGES: Record<string, string> = {
  '0.0.0.0/0': 'everywhere',
  '10.0.3.0/24': "a mistyped 10.0.2.0/24, the chapter's exercise",
  '10.0.0.0/20': "what the console's wizard proposes",
};

/** Names that begin like the plan's and are not in the blueprint: packages, Workers and files. */
const OTHER_NAMES = /^blog-aws-practice(-(api|frontend|frontend-dev|frontend-development|db-dev))?$/;

/** Amounts in dollars that are none of AWS's prices for what the book builds. */
const OTHER_AMOUNTS: Record<string, string> = {
  '90.50': "the plan's sum, which was wrong",
  '0.045': "the plan's NAT gateway, which was Virginia's",
  '24': "the plan's database class, which does not exist",
  '100': 'credits of a new account',
  '87.50': 'an example',
  '20': 'the budget that the book sets',
  '10': 'a budget in a question',
  '0': 'nothing',
};

const hour = (name: keyof typeof list) => list[name].usd;
const natHour = hour('natGatewayHour') + hour('publicIpv4Hour');
const albHour = hour('albHour') + 2 * hour('publicIpv4Hour');
const taskHour = 0.25 * hour('fargateVcpuHour') + 0.5 * hour('fargateGbHour');
const auroraHour = hour('aurora.db.t4g.medium');
const wholeHour = natHour + albHour + taskHour + auroraHour;
const byUse = 1;
const base = (albHour + taskHour) * hoursPerMonth + hour('secretMonth') + byUse;
const storage = 10 * hour('auroraStorageGbMonth');
const natMonth = natHour * hoursPerMonth;
const instanceMonth = (hour('t4g.nanoHour') + hour('publicIpv4Hour')) * hoursPerMonth + 8 * list.gp3GbMonth.usd;

/** What costs by the hour; the text may also say what that makes of an evening, a night, a day or a month. */
const HOURLY: Record<string, number> = {
  'the NAT gateway with its address': natHour,
  'the load balancer with its addresses': albHour,
  'the addresses of the load balancer': 2 * hour('publicIpv4Hour'),
  'all addresses': 3 * hour('publicIpv4Hour'),
  'one task': taskHour,
  everything: wholeHour,
  ...Object.fromEntries(
    Object.entries(list).flatMap(([name, { usd, unit }]) => (unit === '時間' ? [[name, usd]] : [])),
  ),
};
const TIMES = [1, 3, 12, 24, 30, 200, hoursPerMonth];

/** What follows from the price list in another way. */
const DERIVED: Record<string, number> = {
  'everything, a month': base + natMonth + auroraHour * hoursPerMonth + storage,
  'with Serverless v2 and 40 ACU hours': base + natMonth + 40 * hour('auroraAcuHour') + storage,
  'with Serverless v2 that never pauses': base + natMonth + 0.5 * hour('auroraAcuHour') * hoursPerMonth + storage,
  'a NAT instance, a month': instanceMonth,
  'with a NAT instance': base + instanceMonth + auroraHour * hoursPerMonth + storage,
  'with a NAT instance and Serverless v2': base + instanceMonth + 40 * hour('auroraAcuHour') + storage,
  'what depends on use': byUse,
  'storage of 10 GB': storage,
  'twelve hours for a class of thirty': 12 * 30 * wholeHour,
  "Tokyo's NAT gateway against Virginia's": (hour('natGatewayHour') - 0.045) * hoursPerMonth,
  "the plan's database against the smallest": auroraHour * hoursPerMonth - 24.56,
};

const amounts = [
  ...Object.values(list).map(({ usd }) => usd),
  ...Object.values(HOURLY).flatMap((each) => TIMES.map((hours) => each * hours)),
  ...Object.values(DERIVED),
  ...LEVELS.flatMap((times) => [false, true].map((cached) => loadAt(times, cached).usdPerMonth)),
];

interface Said {
  place: string;
  value: string;
}

/** What `pattern`'s first group matches in a page's own words (and, with `code`, in its code). */
function said({ path, tree }: Page, pattern: RegExp, code = false): Said[] {
  const found: Said[] = [];
  visit(tree, (node) => {
    if (node.type !== 'text' && !(code && (node.type === 'inlineCode' || node.type === 'code'))) return;
    for (const match of node.value.matchAll(pattern)) {
      found.push({
        place: `${path}:${node.position?.start.line}`,
        value: match.slice(1).find((group) => group !== undefined) ?? '',
      });
    }
  });
  return found;
}

const planned = new Set<string>([
  blueprint.network.vpc,
  ...blueprint.network.publicSubnets,
  ...blueprint.network.privateSubnets,
]);
const known = new Set(
  Object.values(names('')).flatMap((name) =>
    typeof name === 'function'
      ? (['a', 'c', 'd'] as const)
          .map(name as (part: string) => string)
          .concat(
            (['alb', 'ecs', 'rds', 'errors', 'latency', 'task-cpu'] as const).map(name as (part: string) => string),
          )
      : [name],
  ),
);

const wrongRanges = (one: Page) =>
  said(one, /\b(\d+\.\d+\.\d+\.\d+\/\d+)\b/g, true).filter(
    ({ value }) => !planned.has(value) && !(value in OTHER_RANGES),
  );

const wrongNames = (one: Page) =>
  said(one, /(?<![\w@/.-])(blog-aws-practice(?:-[a-z0-9]+)*)(?![\w-])/g, true).filter(
    ({ value }) => !known.has(value) && !OTHER_NAMES.test(value),
  );

const wrongAmounts = (one: Page) =>
  said(one, /\$(\d[\d,]*(?:\.\d+)?)|(\d[\d,]*(?:\.\d+)?)ドル/g).filter(({ value }) => !isAmount(value));

/** Whether an amount is a price, or follows from prices, at the precision in which it is written. */
function isAmount(value: string): boolean {
  if (value in OTHER_AMOUNTS) return true;
  const digits = value.split('.')[1]?.length ?? 0;
  return amounts.some((amount) => amount.toFixed(digits) === Number(value.replaceAll(',', '')).toFixed(digits));
}

const all = await pages();

test('every range in the text is one of the blueprint', () => {
  expect(all.flatMap(wrongRanges)).toEqual([]);
});

test('every name in the text is one of the blueprint', () => {
  expect(all.flatMap(wrongNames)).toEqual([]);
});

test('every amount in the text is a price of the list, or follows from it', () => {
  expect(all.flatMap(wrongAmounts)).toEqual([]);
});

test('the table of costs adds up', () => {
  const cost = all.find(({ path }) => path === 'docs/cost.md');
  const rows: string[][] = [];
  if (cost)
    visit(
      cost.tree,
      'tableRow',
      (row) =>
        void rows.push(
          row.children.map((cell) =>
            cell.children
              .map((child) =>
                'value' in child
                  ? child.value
                  : 'children' in child
                    ? child.children.map((inner) => ('value' in inner ? inner.value : '')).join('')
                    : '',
              )
              .join(''),
          ),
        ),
    );
  const amount = (text: string | undefined) => Number(/\$([\d.]+)/.exec(text ?? '')?.[1]);
  const parts = rows.filter((row) => row.length === 5 && /^[^合]/.test(row[0] ?? '') && /\$/.test(row[4] ?? ''));
  const sum = rows.find((row) => row[0] === '合計');
  const hourly = parts.map((row) => amount(row[3])).filter((value) => !Number.isNaN(value));
  expect(parts).toHaveLength(9);
  expect(hourly.reduce((a, b) => a + b, 0).toFixed(2)).toBe(amount(sum?.[3]).toFixed(2));
  expect(Math.round(parts.reduce((total, row) => total + amount(row[4]), 0))).toBe(amount(sum?.[4]));
});

test('slips are found', () => {
  const text =
    '10.0.1.0/24 と 10.0.4.0/24、`blog-aws-practice-cluster` と `blog-aws-practice-clster`、$0.062 と 0.063ドル';
  const slips = page('a.md', text);
  expect([wrongRanges, wrongNames, wrongAmounts].flatMap((find) => find(slips)).map(({ value }) => value)).toEqual([
    '10.0.4.0/24',
    'blog-aws-practice-clster',
    '0.063',
  ]);
});
