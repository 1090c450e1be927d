import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { z } from 'zod';

const root = join(import.meta.dirname, '../..');

/** Sentence, and the rule that must complain about it; null where it is good Japanese that nobody should be bothered with. */
const sentences: [string, string | null][] = [
  ['NAT Gateway を作ります。', 'prh'],
  ['Security Group の規則を見ます。', 'prh'],
  ['サーバの設定を変えます。', 'prh'],
  ['ユーザの数を数えます。', 'prh'],
  ['設定は見れます。', 'ja-technical-writing/no-dropping-the-ra'],
  ['これは設定である。次に確かめます。', 'ja-technical-writing/no-mix-dearu-desumasu'],
  ['ここまで終わりました', 'ja-technical-writing/ja-no-mixed-period'],
  [
    'サブネットのルートのテーブルの名前の一覧を見ますが、作りますが、消します。',
    'ja-technical-writing/no-doubled-conjunctive-particle-ga',
  ],
  ['記事を読みます。｢半角｣は使いません。', 'ja-technical-writing/no-hankaku-kana'],
  ['NAT ゲートウェイは、プライベートサブネットからインターネットへ出るための出口です。', null],
  ['`NAT Gateway` と書かれた図もあります。', null],
  ['「手順どおりに打ったのに動かない」の多くは、道具の**版の違い**です。', null],
  ['アカウントの確認に時間がかかることがあるので、前日までに済ませておくと安心です。', null],
  ['料金が気になったら、いつでも片づけられます！', null],
  ['うまくいかないかもしれません。そのときは、もう一度チェックしてみましょう。', null],
];

const output = z.array(z.object({ messages: z.array(z.object({ line: z.number(), ruleId: z.string() })) }));

test('the Japanese lint catches mistakes and leaves natural sentences alone', () => {
  const scratch = join(root, '.local/test');
  mkdirSync(scratch, { recursive: true });
  const folder = mkdtempSync(join(scratch, 'prose-'));
  try {
    // One file for each: some rules look at the whole text.
    const files = sentences.map(([sentence], index) => {
      const file = join(folder, `${String(index).padStart(2, '0')}.md`);
      writeFileSync(file, `# 見出し\n\n${sentence}\n`);
      return file;
    });
    const results = output.parse(JSON.parse(textlint(['--format', 'json', ...files])));
    const said = results.map(({ messages }) => messages.map(({ ruleId }) => ruleId));
    expect(sentences.map(([sentence], index) => [sentence, said[index]?.at(0) ?? null])).toEqual(sentences);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** textlint's standard output; it exits 1 where it found something. */
function textlint(args: string[]): string {
  try {
    return execFileSync(join(root, 'node_modules/.bin/textlint'), args, { cwd: root, encoding: 'utf8' });
  } catch (error) {
    if (error instanceof Error && 'stdout' in error && typeof error.stdout === 'string' && error.stdout)
      return error.stdout;
    throw error;
  }
}
