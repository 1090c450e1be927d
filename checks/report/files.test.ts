import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { html } from './html.ts';
import { junit } from './junit.ts';
import { context, reportOf, result } from './sample.ts';

const report = reportOf([
  result('vpc'),
  result('nat-gateway', { status: 'fail', evidence: '<script>alert("x")</script> & \u0007' }),
  result('dns', { status: 'unknown', evidence: '権限がない', missingAction: 'ec2:DescribeVpcs' }),
  result('subnets', { status: 'pending' }),
  result('private-routes', { status: 'blocked', blockedBy: ['chapter-2/network/nat-gateway'] }),
]);

test('JUnit: fail is a failure, unknown an error, the rest skipped, and whatever was seen stays well-formed', () => {
  const xml = junit(report);
  expect(XMLValidator.validate(xml)).toBe(true);
  const { testsuites } = new XMLParser({ ignoreAttributes: false }).parse(xml);
  expect(testsuites).toMatchObject({ '@_tests': '5', '@_failures': '1', '@_errors': '1', '@_skipped': '2' });
  const cases = testsuites.testsuite.testcase;
  expect(cases.map((one: object) => Object.keys(one).find((key) => !key.startsWith('@')) ?? 'pass')).toEqual([
    'pass',
    'failure',
    'error',
    'skipped',
    'skipped',
  ]);
  expect(cases[1].failure['@_message']).toBe('<script>alert("x")</script> &');
});

test('HTML: what was seen is text, never markup; every outcome stands there as a word', () => {
  const page = html(report, context);
  expect(page).not.toContain('<script>');
  expect(page).toContain('&lt;script&gt;');
  for (const word of ['合格', '不合格', '準備中', '保留', '確認不可']) expect(page).toContain(word);
  expect(page).not.toMatch(/src=|@import|url\(/);
});
