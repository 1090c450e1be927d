import * as z from 'zod';

/**
 * Rules for text that people write: line ends as \n, NUL (which PostgreSQL cannot store) and unpaired surrogates
 * refused, blanks around it dropped, and a length in characters as people count them (code points).
 * @param label the Japanese name of the field, as the message should call it.
 */
export function text(label: string, longest: number) {
  return z
    .string()
    .transform((value) => value.replace(/\r\n?/g, '\n').trim())
    .superRefine((value, context) => {
      const problem = problemOf(value, label, longest);
      if (problem) context.addIssue({ code: 'custom', message: problem });
    });
}

function problemOf(value: string, label: string, longest: number): string | undefined {
  if (value === '') return `${label}を入力してください。`;
  if (value.includes('\u0000') || !value.isWellFormed()) return `${label}に使えない文字が含まれています。`;
  const length = Array.from(value).length;
  if (length > longest) {
    return `${label}は ${longest.toLocaleString('ja-JP')} 文字までです（今は ${length.toLocaleString('ja-JP')} 文字）。`;
  }
  return undefined;
}
