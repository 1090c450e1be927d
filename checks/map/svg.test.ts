import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { expect, test } from 'vitest';
import { type ArchitectureMap, type Part, part } from './part.ts';
import { saveMap, svg } from './svg.ts';

const vpc = part({ key: 'vpc-1', id: 'vpc-1', kind: 'vpc', label: 'VPC', state: 'found', place: { in: 'frame' } });
const region = part({ key: 'region', kind: 'region', label: 'AWS', state: 'found', place: { in: 'frame' } });
const drawn = (...parts: Part[]): ArchitectureMap => ({
  region: 'ap-northeast-1',
  zones: ['ap-northeast-1a', 'ap-northeast-1c'],
  parts: [region, vpc, ...parts],
  links: [],
  usdPerHour: null,
});
const registry = (rest: Partial<Part>) =>
  part({ key: 'r', kind: 'registry', label: 'ECR リポジトリ', state: 'found', place: { in: 'region' }, ...rest });

test('names from AWS are text, never markup, and the picture needs nothing from elsewhere', () => {
  const picture = svg(drawn(registry({ id: '</g><script>alert(1)</script>', name: '"&\u0007' })));
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(picture).not.toContain('<script');
  expect(picture).not.toMatch(/href=|src=|@import|url\((?!#)/);
});

test.each([
  ['pass', '✓ 合格'],
  ['fail', '✗ 不合格'],
  ['pending', '~ 準備中'],
  ['blocked', '- 保留'],
  ['unknown', '? 確認不可'],
] as const)('%s is told by a word and a sign, not by a colour alone', (status, words) => {
  const picture = svg(drawn(registry({ id: 'blog', status })));
  expect(picture).toContain(`>${words}</text>`);
  expect(picture).toContain(`class="part ${status}"`);
});

test('every part can be reached by the keyboard and says all that is known of it', () => {
  const said = [{ id: 'x', title: 'イメージがある', status: 'fail' as const, evidence: 'イメージがありません。' }];
  const picture = svg(drawn(registry({ id: 'blog', origin: 'cdk', usdPerHour: 0.0125, said, status: 'fail' })));
  const { svg: root } = new XMLParser({ ignoreAttributes: false }).parse(picture);
  const [, , one] = root.g.filter((each: Record<string, string>) => each['@_data-part']);
  expect(one).toMatchObject({ '@_tabindex': '0', '@_role': 'img' });
  for (const words of ['ECR リポジトリ: 不合格', 'ID: blog', 'CDK で作成', '1時間 $0.0125', 'イメージがありません。']) {
    expect(one['@_aria-label']).toContain(words);
    expect(one.title).toContain(words);
  }
});

test('an outline never says that something is wrong', () => {
  const picture = svg(drawn(registry({ state: 'coming', status: 'fail' })));
  expect(picture).toContain('class="part coming"');
  expect(picture).not.toContain('✗ 不合格</text>');
});

test('a link to something that is not drawn is left out; several rules between two are one arrow', () => {
  const place = { in: 'groups' } as const;
  const groups = ['sg-1', 'sg-2'].map((id) => part({ key: id, id, kind: 'group', label: id, state: 'found', place }));
  const links = [
    { kind: 'allow', from: 'sg-1', to: 'sg-2', label: 'TCP 1' },
    { kind: 'allow', from: 'sg-1', to: 'sg-2', label: 'TCP 2' },
    { kind: 'allow', from: '10.0.0.0/16', to: 'sg-2', label: 'TCP 3' },
    { kind: 'allow', from: 'sg-1', to: 'sg-9', label: 'TCP 4' },
    { kind: 'allow', from: 'sg-2', to: 'sg-2', label: 'TCP 5' },
  ] as const;
  const picture = svg({ ...drawn(...groups), links: [...links] });
  expect(XMLValidator.validate(picture)).toBe(true);
  expect(picture.match(/data-link=/g)).toHaveLength(3);
  expect(picture).toContain('>TCP 1・TCP 2</text>');
  expect(picture).toContain('>10.0.0.0/16 TCP 3</text>');
});

test('as a file it stands alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'map-'));
  await saveMap(join(folder, 'map.svg'), drawn());
  expect(await readFile(join(folder, 'map.svg'), 'utf8')).toMatch(
    /^<\?xml version="1.0" encoding="UTF-8"\?>\n<svg xmlns=/,
  );
  await rm(folder, { recursive: true });
});
