/** Text for XML; characters that XML can't hold are left out. */
export function escaped(text: string): string {
  const allowed = text.replaceAll(/[\p{Cc}--[\t\n\r]]|[\ufffe\uffff]/gv, '');
  return allowed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

/** A number as short as a picture needs it. */
export function n(value: number): string {
  return String(Math.round(value * 10) / 10);
}
