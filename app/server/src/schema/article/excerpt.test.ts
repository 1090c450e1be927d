import { expect, it } from 'vitest';
import { excerptOf } from './excerpt.ts';

it.each([
  ['# 見出し\n\n本文', '本文'],
  ['# 見出し', '見出し'],
  ['- 一\n* 二\n3. 三', '一 二 三'],
  ['> 引用\n> 続き', '引用 続き'],
  ['![代替](https://example.com/a.png)文', '文'],
  ['[言葉](https://example.com)と`コード`', '言葉とコード'],
  ['前\n\n```sql\nSELECT 1;\n```\n\n後', '前 後'],
  ['| 表 | 列 |\n| --- | :-: |\n| 値 | 値2 |', '表 列 値 値2'],
  ['前\n\n| 表 | 列 |\n| --- | :-: |\n| 値 | 値2 |\n\n後', '前 後'],
  ['<script>alert(1)</script>安全', 'alert(1) 安全'],
  ['snake_case と 5 * 3 は残す', 'snake_case と 5 * 3 は残す'],
  ['', ''],
])('%j becomes %j', (markdown, excerpt) => {
  expect(excerptOf(markdown)).toBe(excerpt);
});

it('ends after 120 characters as people count them', () => {
  const family = '👨‍👩‍👧';
  expect(excerptOf(family.repeat(200))).toBe(`${family.repeat(120)}…`);
  expect(excerptOf('あ'.repeat(120))).toBe('あ'.repeat(120));
});

it('takes no time on what is made to take long', () => {
  const startedAt = performance.now();
  for (const text of [
    '['.repeat(50_000),
    '|'.repeat(50_000),
    '<'.repeat(50_000),
    '- '.repeat(25_000),
    '```\n'.repeat(12_500),
    ' '.repeat(50_000),
  ]) {
    excerptOf(text);
  }
  expect(performance.now() - startedAt).toBeLessThan(2_000);
});
