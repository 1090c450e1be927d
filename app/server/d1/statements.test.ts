import { describe, expect, it } from 'vitest';
import { type Statement, statements } from './statements.ts';

const dump = `PRAGMA defer_foreign_keys=TRUE;
-- a comment; with a semicolon
CREATE TABLE "a;b" (
  id INTEGER /* ; */, [c;d] TEXT, \`e;f\` TEXT
);
INSERT INTO "a;b" VALUES(1,'it''s; 日本🍣
two lines','');
CREATE TRIGGER t AFTER INSERT ON "a;b" BEGIN SELECT 1; SELECT 2; END;
`;

const expected = [
  { line: 1, start: 'PRAGMA' },
  { line: 2, start: '-- a comment; with a semicolon\nCREATE TABLE "a;b"' },
  { line: 6, start: `INSERT INTO "a;b" VALUES(1,'it''s; 日本🍣\ntwo lines','');` },
  { line: 8, start: 'CREATE TRIGGER t AFTER INSERT ON "a;b" BEGIN SELECT 1; SELECT 2; END;' },
];

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size);
}

async function all(text: AsyncIterable<string>) {
  const found: Statement[] = [];
  for await (const statement of statements(text)) found.push(statement);
  return found;
}

describe('statements', () => {
  it.each([1, 2, 3, 7, 64, 10_000])('splits the same whatever the size of the pieces (%i)', async (size) => {
    const found = await all(pieces(dump, size));
    expect(found).toHaveLength(expected.length);
    for (const [index, { line, start }] of expected.entries()) {
      expect(found[index]?.line).toBe(line);
      expect(found[index]?.sql.startsWith(start)).toBe(true);
    }
    expect(found.map(({ sql }) => sql).join('\n')).toBe(dump.trimEnd());
  });

  it('refuses a text that ends inside a statement, and names the line', async () => {
    const cut = dump.slice(0, dump.indexOf('two lines'));
    await expect(all(pieces(cut, 10))).rejects.toThrow('6 行目の文の途中で切れています');
  });

  it('takes comments and blank lines after the last statement', async () => {
    expect(await all(pieces('SELECT 1;\n\n-- end; of it', 5))).toEqual([{ sql: 'SELECT 1;', line: 1 }]);
  });
});
