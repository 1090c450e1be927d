import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { pad, wrap } from './wrap.ts';

const TEXT =
  'NAT ゲートウェイ nat-5c81b1abe4d8c44db はありますが、プライベートサブネット 10.0.11.0/24（subnet-3f1893697aa1c1eaf）に置かれています。';

test.each([40, 56, 66, 80])('Japanese is wrapped within %i columns and loses nothing', (width) => {
  const lines = wrap(TEXT, width);
  for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(width);
  expect(lines.join('').replaceAll(/\s/g, '')).toBe(TEXT.replaceAll(/\s/g, ''));
});

test('ids are never cut, lines neither begin with 、。） nor end with （「', () => {
  for (let width = 30; width < 90; width += 1) {
    for (const line of wrap(TEXT, width)) {
      expect(line).not.toMatch(/^[、。）」]/u);
      expect(line).not.toMatch(/[（「]$/u);
      expect(line).not.toMatch(/^[がにを。]/u);
    }
    expect(wrap(TEXT, width).filter((line) => line.includes('subnet-3f1893697aa1c1eaf'))).toHaveLength(1);
  }
});

test('a command stays on one line, so that it can be copied', () => {
  const command = `aws ec2 create-route --route-table-id rtb-1 --destination-cidr-block 0.0.0.0/0 --nat-gateway-id nat-1`;
  expect(wrap(`次を実行します。\n${command}`, 40)).toEqual(['次を実行します。', command]);
});

test('padding counts a Japanese letter as two columns', () => {
  expect(pad('合格', 8)).toBe('合格    ');
});
