/** One property of one part, in words; both sides of the comparison speak in these. */
export interface Entry {
  /** e.g. `network` */
  step: string;
  /** e.g. `VPC` */
  part: string;
  /** e.g. `CIDR` */
  property: string;
  value: string;
}

/** A property on both sides; null where one has no such part, or doesn't tell. */
export interface Compared extends Omit<Entry, 'value'> {
  hand: string | null;
  cdk: string | null;
}

/** What the plan's three groups are for. */
export const GROUPS = { alb: 'ロードバランサー用', ecs: 'タスク（ECS）用', rds: 'データベース（RDS）用' };

/** What a listener does with a request that no rule takes, by the template's word and the finders'. */
export const ACTIONS: Record<string, string> = {
  redirect: 'リダイレクト',
  forward: '転送',
  'fixed-response': '固定レスポンス',
  answer: '固定レスポンス',
};

const keyOf = ({ step, part, property }: Omit<Entry, 'value'>) => `${step}/${part}/${property}`;

/** Shorthand: the entries of one part, without those whose value isn't known. */
export function entries(step: string, part: string, values: Record<string, unknown>): Entry[] {
  return Object.entries(values).flatMap(([property, value]) =>
    value === null || value === undefined ? [] : [{ step, part, property, value: inWords(value) }],
  );
}

function inWords(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'はい' : 'いいえ';
  if (Array.isArray(value)) return value.map(String).toSorted().join('、') || 'なし';
  return String(value);
}

/**
 * What was built by hand beside what the CDK would build, property by property, in the CDK's order. A property that AWS
 * doesn't tell of a part that is there is left out; a part that is missing on one side stays, with null there.
 */
export function compare(hand: Entry[], cdk: Entry[]): Compared[] {
  const partOf = ({ step, part }: Entry) => `${step}/${part}`;
  const handParts = new Set(hand.map(partOf));
  const cdkParts = new Set(cdk.map(partOf));
  const built = new Map(hand.map((entry) => [keyOf(entry), entry.value]));
  const planned = new Map(cdk.map((entry) => [keyOf(entry), entry.value]));
  const both = cdk.flatMap((entry): Compared[] => {
    const { value, ...rest } = entry;
    const own = built.get(keyOf(entry)) ?? null;
    return own === null && handParts.has(partOf(entry)) ? [] : [{ ...rest, hand: own, cdk: value }];
  });
  const more = hand
    .filter((entry) => !planned.has(keyOf(entry)) && !cdkParts.has(partOf(entry)))
    .map(({ value, ...rest }): Compared => ({ ...rest, hand: value, cdk: null }));
  return [...both, ...more];
}
