import { STATUS } from '../report/words.ts';
import type { Link, Part } from './part.ts';

/** How a part stands, in words and with a sign that needs no colour. */
export function standing({ state, status }: Part): { sign: string; word: string; look: string } {
  if (state === 'coming') return { sign: '', word: 'これから', look: 'coming' };
  if (status) return { ...STATUS[status], look: status };
  if (state === 'unseen') return { ...STATUS.unknown, look: 'unknown' };
  return { sign: '', word: 'まだ確かめていません', look: 'unjudged' };
}

/** All that is known of a part, as one text for whoever can't see the picture, and for a tooltip. */
export function described(part: Part): string {
  const { kind, id, name, origin, notes, usdPerHour, said } = part;
  const label = kind === 'group' ? `セキュリティグループ（${part.label}）` : part.label;
  const bad = said.filter(({ status }) => status !== 'pass');
  return [
    `${label}: ${standing(part).word}`,
    ...(id ? [`ID: ${id}`] : []),
    ...(name && name !== id ? [`名前: ${name}`] : []),
    ...(origin ? [origin === 'cdk' ? 'CDK で作成' : '手作業で作成'] : []),
    ...notes,
    ...(usdPerHour ? [cost(usdPerHour)] : []),
    ...(part.state === 'coming' ? [] : bad.map(({ title, evidence }) => `${title} → ${evidence}`)),
  ].join('\n');
}

/** e.g. `1時間 $0.0620` */
export function cost(usdPerHour: number): string {
  return `1時間 $${usdPerHour.toFixed(4)}`;
}

/** A link as a sentence. */
export function linkInWords({ kind, from, to, label }: Link, parts: Part[]): string {
  const named = (key: string) => {
    if (key === 'anyone') return 'インターネット';
    const part = parts.find((one) => one.key === key);
    return part ? `${part.label} ${part.id ?? ''}`.trim() : key;
  };
  return `${named(from)} → ${named(to)}: ${label}${kind === 'allow' ? ' を許可' : ''}`;
}
