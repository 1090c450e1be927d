/** The greatest value of PostgreSQL's integer, which ids are. */
const GREATEST = 2_147_483_647;

/** The number that an ID argument names, or null when it cannot name any row. */
export function parseId(id: string | number): number | null {
  const text = String(id);
  if (!/^[1-9]\d{0,9}$/.test(text)) return null;
  const value = Number(text);
  return value <= GREATEST ? value : null;
}
