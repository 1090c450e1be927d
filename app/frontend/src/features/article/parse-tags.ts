/** Tag names from one line of text, separated by 「、」, 「,」 or 「，」; each once, without `#` and blanks around it. */
export function parseTags(line: string): string[] {
  const names = line.split(/[、,，]/).map((name) => name.trim().replace(/^[#＃]\s*/, ''));
  return [...new Set(names.filter((name) => name !== ''))];
}
