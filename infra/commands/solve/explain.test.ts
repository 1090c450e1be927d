import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, test } from 'vitest';
import { BlogStack } from '../../blog-stack.ts';
import { increments, missingInShort, missingInWords } from './explain.ts';

const resourcesOf = (until: string, more: Record<string, string> = {}) =>
  Template.fromStack(new BlogStack(new App({ context: { until, ...more } }))).toJSON().Resources;
const all = increments(
  ['chapter-1', 'chapter-2/network', 'chapter-2/security-groups', 'chapter-2/database'].map((step) => ({
    step,
    resources: resourcesOf(step),
  })),
);
const page = (step: string) => (step.includes('/') ? `chapters/${step}.md` : null);
const deployed = (until: string) =>
  Object.entries<{ Type: string }>(resourcesOf(until)).map(([logicalId, { Type }]) => ({
    logicalId,
    id: 'x',
    type: Type,
    properties: {},
  }));

test('a late joiner sees how much is missing and how long it takes', () => {
  // The NAT gateway and the database's instance.
  expect(missingInShort(resourcesOf('chapter-2/database'), deployed('chapter-1'))[0]).toMatch(
    /^まだないもの: \d\d個（作るのにかかる時間の目安は12分ほど）$/,
  );
});

test('explained, by step with its page, every kind of part has its sentence', () => {
  const lines = missingInWords(all, deployed('chapter-1'), page);
  expect(lines.find((line) => line.includes('chapter-2/network'))).toMatch(
    /^ {2}chapter-2\/network: \d+個（chapters\/chapter-2\/network\.md）$/,
  );
  expect(lines.join('\n')).not.toContain('chapter-1:');
  expect(lines).toContain('    ・サブネット × 4: VPC を、ゾーンと役割で分けた区画です');
  expect(lines.filter((line) => line.startsWith('    ・') && !line.includes(': '))).toEqual([]);
});

test('every kind of part of the whole book has its sentence', () => {
  const whole = increments([{ step: 'all', resources: resourcesOf('chapter-2', { https: 'cloudfront' }) }]);
  const lines = missingInWords(whole, [], () => null);
  expect(lines.filter((line) => line.startsWith('    ・') && !line.includes(': '))).toEqual([]);
});

test('where all is there, nothing is said', () => {
  expect(missingInWords(all, deployed('chapter-2/database'), page)).toEqual([]);
  expect(missingInShort(resourcesOf('chapter-2/database'), deployed('chapter-2/database'))).toEqual([]);
});
