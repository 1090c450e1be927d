import { expect, test } from 'vitest';
import { type Page, page, pages } from './page.ts';

/** What a step's page goes through, in this order. */
const PARTS = [
  '困りごと',
  'しくみ',
  '予想してみよう',
  '選ぶ値',
  'やること',
  '見えるはずのもの',
  'チェック',
  'わざと壊す',
  'CDKで読む',
  '料金と今日はここまで',
  '三つの質問',
  'つまずいたら',
];

/** Nothing is built by the CDK before the first chapter. */
const partsOf = ({ path }: Page) =>
  path.startsWith('chapters/preflight/') ? PARTS.filter((part) => part !== 'CDKで読む') : PARTS;

/** The lanes: whoever follows only one of them finds it. */
const LANES = ['リハーサル', 'コンソール'];

const isStep = ({ path }: Page) => /^chapters\/[\w-]+\/\d\d-[\w-]+\.md$/.test(path);

/** The parts that a page has, of those it should have. */
function parts(step: Page): string[] {
  return step.headings.flatMap(({ depth, text }) => (depth === 2 && PARTS.includes(text) ? [text] : []));
}

const steps = (await pages()).filter(isStep);

test.each(steps.map((step) => [step.path, step] as const))('%s has every part of a step, in order', (_path, step) => {
  expect(parts(step)).toEqual(partsOf(step));
});

test.each(
  steps.filter(({ path }) => !path.startsWith('chapters/preflight/')).map((step) => [step.path, step] as const),
)('%s has the lanes of the rehearsal and of the console', (_path, { headings }) => {
  const lanes = headings.flatMap(({ depth, text }) => (depth === 3 ? [text] : []));
  expect(LANES.filter((lane) => !lanes.some((text) => text.includes(lane)))).toEqual([]);
});

test.each(steps.map((step) => [step.path, step] as const))(
  '%s asks three questions and folds the answers',
  (_path, { tree }) => {
    const html = tree.children.flatMap((node) => (node.type === 'html' ? [node.value] : [])).join('\n');
    expect(html.match(/<summary>/g)).toHaveLength(3);
  },
);

test('a page without a part, or with two of them swapped, is noticed', () => {
  const whole = PARTS.map((part) => `## ${part}\n`).join('\n');
  const at = (text: string) => parts(page('chapters/chapter-2/01-a.md', text));
  expect(at(whole)).toEqual(PARTS);
  expect(at(whole.replace('## チェック\n', ''))).not.toEqual(PARTS);
  expect(at(whole.replace('しくみ', 'x').replace('困りごと', 'しくみ').replace('x', '困りごと'))).not.toEqual(PARTS);
});
