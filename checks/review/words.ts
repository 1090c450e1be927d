import { inWords } from '../cost.ts';
import { spanInWords } from '../spent.ts';
import type { Cell, Learner } from './class.ts';
import type { Rejected } from './gather.ts';

export const WHY: Record<Rejected['why'], string> = {
  broken: '途中で切れているか、形が壊れています',
  foreign: '進み具合のファイルではありません',
  version: '別の版の形式です。リポジトリを更新して、出し直してもらってください',
  tampered: '書き出したあとに、中身が変えられています',
  duplicate: '同じ人の、もっと新しいファイルがあります',
  unreadable: '読めません',
};

/** A cell as a sign and words: `✓ 12`, `~ 3/12`, `·`; with `C` where the CDK built some of it. */
export function cellInWords({ state, passed, checks, spent, origins }: Cell): { sign: string; text: string } {
  const cdk = origins.includes('cdk') ? '（CDK）' : '';
  if (state === 'none') return { sign: '·', text: 'これから' };
  if (state === 'doing') return { sign: '~', text: `${passed}/${checks}${cdk}` };
  return { sign: '✓', text: `${spent === null ? '合格' : spanInWords(spent)}${cdk}` };
}

export function stuckInWords({ stuck }: Learner): string {
  return stuck ? `${stuck.step} で${spanInWords(stuck.hours * 3_600_000)}: ${stuck.evidence}` : '';
}

export function runningInWords({ running }: Learner): string {
  if (running === null) return '見られませんでした';
  if (running.parts.length === 0) return '何も残っていません';
  const cost = running.usdPerHour === null ? '料金は確かめられませんでした' : inWords(running.usdPerHour);
  return `${running.parts.join('、')}（${cost}）`;
}
