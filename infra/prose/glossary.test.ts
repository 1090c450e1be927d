import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toString as textOf } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { pages, root } from './page.ts';

const glossary = (await pages()).find(({ path }) => path === 'docs/glossary.md');
const terms: string[] = [];
/** Those of AWS, which others spell otherwise. */
const ofAws: string[] = [];
if (glossary) {
  visit(glossary.tree, 'table', (table) => {
    const [head, ...rows] = table.children.map(({ children }) => children.map((cell) => textOf(cell)));
    const first = rows.flatMap(([term]) => (term === undefined ? [] : [term]));
    terms.push(...first);
    if (head?.[1] === '英語') ofAws.push(...first);
  });
}

test('every term is explained once', () => {
  expect(terms.length).toBeGreaterThan(40);
  expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
});

test('the linter knows the one spelling of every term that has others', async () => {
  const { rules }: { rules: { expected: string }[] } = parse(await readFile(join(root, 'docs/prh.yml'), 'utf8'));
  const kept = rules.map(({ expected }) => expected);
  const needy = ofAws.filter((term) =>
    /(ー|ゲートウェイ|グループ|テーブル|ゾーン|チェック|ロール|ログ)$|^[A-Za-z]+ [ァ-ヶ一-龠]/.test(term),
  );
  expect(needy.filter((term) => !kept.some((spelling) => term.includes(spelling.replace('$1', ''))))).toEqual([]);
});
