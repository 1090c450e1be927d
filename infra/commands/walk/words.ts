/** A time as the pages state it: `約40秒`, `約2分`, `約1分30秒`; rounded up to ten seconds. */
export function about(seconds: number): string {
  const tens = Math.max(1, Math.ceil(seconds / 10)) * 10;
  const [minutes, rest] = [Math.floor(tens / 60), tens % 60];
  return `約${minutes > 0 ? `${minutes}分` : ''}${rest > 0 ? `${rest}秒` : ''}`;
}
