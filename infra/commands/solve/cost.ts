import { type Costing, type Estimate, estimate, inWords, priceNote } from '@blog-aws-practice/checks/cost.ts';
import type { Assembly } from './assembly.ts';
import type { Member } from './stack.ts';

const costing = (type: string, properties: Record<string, unknown> = {}): Costing => ({ type, properties });

/** The estimate to show before the question: by part, the sum, the difference to what is deployed now. */
export function costInWords(assembly: Assembly, deployed: Member[], rehearsal: boolean): string {
  const after = estimate(Object.values(assembly.resources).map(({ Type, Properties }) => costing(Type, Properties)));
  const before = estimate(deployed.map(({ type, properties }) => costing(type, properties)));
  const lines = [
    rehearsal ? '料金（リハーサルではかかりません。本物の AWS に作ったときの目安です）' : '料金の目安',
    ...table(after),
    `  合計: ${inWords(after.usdPerHour)}`,
  ];
  if (deployed.length > 0) lines.push(`  いまとの差: ${difference(after.usdPerHour - before.usdPerHour)}`);
  if (after.byUse.length > 0) lines.push(`  ほかに、使った量に応じてかかるもの: ${after.byUse.join('、')}`);
  return [...lines, `  ${priceNote}`].join('\n');
}

function table({ lines }: Estimate): string[] {
  return lines.map(
    ({ part, count, usdPerHour }) =>
      `  ・${part}${count > 1 ? ` × ${count}` : ''}: 1時間あたり約$${usdPerHour.toFixed(4)}`,
  );
}

function difference(usdPerHour: number): string {
  if (Math.abs(usdPerHour) < 1e-9) return 'なし';
  return usdPerHour > 0 ? `増えます（${inWords(usdPerHour)}）` : `減ります（${inWords(-usdPerHour)}）`;
}
