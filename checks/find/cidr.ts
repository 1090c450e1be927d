/** Whether an IPv4 range lies wholly inside another one, e.g. `contains('10.0.0.0/16', '10.0.1.0/24')`. */
export function contains(outer: string, inner: string): boolean {
  const a = range(outer);
  const b = range(inner);
  return a.first <= b.first && b.last <= a.last;
}

/** Whether two IPv4 ranges share an address. Ranges never cross: they are disjoint, or one contains the other. */
export function overlaps(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

/** First and last address of an IPv4 range as numbers, e.g. to sort by them. */
export function range(cidr: string): { first: number; last: number } {
  const [address = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  const number = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
