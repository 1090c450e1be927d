import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { book, context, reportOf, result } from './sample.ts';
import { terminal } from './terminal.ts';

const look = { columns: 80, color: false };
const mixed = reportOf([
  result('vpc'),
  result('subnets', { advice: '名前を付けておくと見分けやすくなります。' }),
  result('nat-gateway', {
    status: 'fail',
    evidence:
      'NAT ゲートウェイ nat-0123456789abcdef0 はありますが、プライベートサブネット 10.0.11.0/24（subnet-0123456789abcdef0）に置かれています。',
  }),
  result('private-routes', { status: 'blocked', blockedBy: ['chapter-2/network/nat-gateway'] }),
  result('dns', { status: 'unknown', evidence: '権限 ec2:DescribeVpcAttribute がないため確認できませんでした。' }),
]);

test('a pass takes one line, a failure all that is needed to mend it, what is held up its cause', () => {
  expect(terminal(mixed, context, look)).toMatchInlineSnapshot(`
    "第2章 AWS インフラ（AWS、アカウント 123456789012、ap-northeast-1）

    1. ネットワーク

      ✓ 合格     vpc がある
      ✓ 合格     subnets がある
        助言      名前を付けておくと見分けやすくなります。

      ✗ 不合格   nat-gateway がある
        現在      NAT ゲートウェイ nat-0123456789abcdef0 はありますが、プライベート
                  サブネット 10.0.11.0/24（subnet-0123456789abcdef0）に
                  置かれています。
        期待      nat-gateway がある
        なぜ      ないと、この先のすべてが動きません。
        直し方
          画面    「VPC」>「作成」を押します。
          CLI     aws ec2 create-vpc --cidr-block 10.0.0.0/16 --tag-specifications "ResourceType=vpc,Tags=[{Key=Name,Value=blog}]"
          CDK     pnpm solve chapter-2 network
        開く      https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#vpcs:
        読む      chapters/chapter-2/01-network.md#vpc
        再確認    pnpm check chapter-2 network/nat-gateway

      - 保留     private-routes がある
        理由      先に「nat-gateway がある」を直すと、確認できます。

      ? 確認不可 dns がある
        理由      権限 ec2:DescribeVpcAttribute がないため確認できませんでした。

    --------------------------------------------------------------------------------
    合格 2、不合格 1、保留 1、確認不可 1（全 5 件、1.2 秒）
    次にすること: 「nat-gateway がある」を直して、もう一度確かめます。
      pnpm check chapter-2 network/nat-gateway
    "
  `);
});

test.each([40, 60, 80, 120])('nothing but commands and links is wider than %i columns', (columns) => {
  const lines = terminal(mixed, context, { columns, color: false }).split('\n');
  const wide = lines.filter((line) => stringWidth(line) > columns);
  for (const line of wide) expect(line).toMatch(/aws ec2|https:|chapters\/|pnpm |nat-0|subnet-0|ec2:Describe/);
});

test('colour changes nothing but colour', () => {
  const plain = terminal(mixed, context, look);
  const coloured = terminal(mixed, context, { columns: 80, color: true });
  expect(coloured).not.toBe(plain);
  expect(stripVTControlCharacters(coloured)).toBe(plain);
});

describe('the last lines say the one thing to do', () => {
  const last = (...given: Parameters<typeof reportOf>) =>
    terminal(reportOf(...given), context, look)
      .trimEnd()
      .split('\n')
      .slice(-2)
      .join('');

  test.each([
    [
      'a failure',
      [result('vpc', { status: 'fail' })],
      '「vpc がある」を直して、もう一度確かめます。  pnpm check chapter-2 network/vpc',
    ],
    ['something we could not see', [result('vpc', { status: 'unknown' })], '上の「理由」を片づけて'],
    [
      'something in preparation',
      [result('vpc', { status: 'pending' })],
      '待ちます。  pnpm check chapter-2 network/vpc --wait',
    ],
    [
      'all well: the next step',
      [result('vpc')],
      '3. データベースへ進みます（chapters/chapter-2/01-database.md）。  pnpm check chapter-2 database',
    ],
    ['all well: the next chapter', [result('cluster', { step: 'database' })], '第3章 CI/CDへ進みます'],
  ])('%s', (_name, results, sentence) => {
    expect(last(results)).toContain(sentence);
  });

  test('the flags of this run are repeated', () => {
    const text = terminal(reportOf([result('vpc', { status: 'fail' })]), { ...context, flags: ' --rehearsal' }, look);
    expect(text.match(/pnpm check chapter-2 network\/vpc --rehearsal/g)).toHaveLength(2);
  });
});

test('one cause of many unknowns is told once', () => {
  const evidence = 'AWS の認証情報が見つからないため確認できませんでした。';
  const text = terminal(
    reportOf([
      result('vpc', { status: 'unknown', evidence }),
      result('subnets', {
        status: 'unknown',
        evidence: '「vpc がある」を確認できなかったため',
        blockedBy: ['chapter-2/network/vpc'],
      }),
      result('dns', { status: 'unknown', evidence }),
    ]),
    context,
    look,
  );
  expect(text.match(/認証情報/g)).toHaveLength(1);
  expect(text.match(/確認不可 /g)?.length).toBeGreaterThanOrEqual(3);
});

test('a cause that was not asked for stands first', () => {
  const causes = [result('vpc', { status: 'fail', evidence: 'VPC がありません。' })];
  const results = [result('dns', { status: 'blocked', blockedBy: ['chapter-2/network/vpc'] })];
  const text = terminal(reportOf(results), { ...context, causes }, look);
  expect(text.indexOf('VPC がありません。')).toBeLessThan(text.indexOf('dns がある'));
  expect(text).toContain('先に「vpc がある」を直すと');
});

test('in a rehearsal the commands come first and are the bundled CLI’s, and no link leads to AWS’s own console', () => {
  const text = terminal(
    reportOf([result('vpc', { status: 'fail' })], { mode: 'rehearsal' }),
    { ...context, pnpm: 'npx pnpm', flags: ' --rehearsal' },
    look,
  );
  expect(text).toContain('CLI     npx pnpm aws ec2 create-vpc');
  expect(text).toContain('CDK     npx pnpm solve');
  expect(text.indexOf('CLI ')).toBeLessThan(text.indexOf('画面 '));
  expect(text).not.toContain('https://');
});

test('a chapter without a page, and nothing at all to check', () => {
  expect(terminal(reportOf([]), { ...context, book: { ...book, chapters: [] } }, look)).toContain('（全 0 件');
});
