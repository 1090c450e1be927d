import { expect, test } from 'vitest';
import { discover } from '../discover.ts';
import { root } from '../paths.ts';
import { result } from '../report/sample.ts';
import { about, judged } from './judged.ts';
import { part } from './part.ts';

const subnet = (id: string) =>
  part({ key: id, id, kind: 'subnet', label: '', state: 'found', place: { in: 'zone', zone: 'a', tier: 'public' } });
const outline = part({
  key: '10.0.2.0/24',
  kind: 'subnet',
  label: '',
  state: 'coming',
  place: { in: 'zone', zone: 'c', tier: 'public' },
});
const named = (id: string) => ({ type: 'AWS::EC2::Subnet', id, origin: 'console' as const });
const statuses = (parts: ReturnType<typeof judged>) => parts.map(({ status }) => status);

test('every check of what runs in AWS and before it colours something', async () => {
  const { chapters } = await discover(`${root}/checks`, `${root}/chapters`);
  // The workflow is a file of the repository, which is not drawn.
  const ids = chapters
    .filter(({ id }) => ['chapter-2', 'chapter-3', 'chapter-4', 'chapter-5'].includes(id))
    .flatMap(({ steps }) => steps.flatMap(({ checks }) => checks))
    .filter((id) => !id.startsWith('chapter-3/workflow/'));
  expect(ids.length).toBeGreaterThan(110);
  expect(ids.filter((id) => about(id) === null)).toEqual([]);
});

test('a check that names resources is about these, one that names none about all of its kind', () => {
  const parts = [subnet('subnet-1'), subnet('subnet-2')];
  const culprit = result('public-routes', { status: 'fail', resources: [named('subnet-2')] });
  expect(statuses(judged(parts, [culprit], {}))).toEqual([null, 'fail']);
  expect(statuses(judged(parts, [result('public-routes', { status: 'blocked' })], {}))).toEqual(['blocked', 'blocked']);
});

test('what is missing is about the outline too; the worst outcome wins', () => {
  const missing = result('subnets', { status: 'fail', resources: [named('subnet-1')] });
  const routes = result('public-routes', { resources: [named('subnet-1')] });
  const [there, coming] = judged([subnet('subnet-1'), outline], [routes, missing], {});
  expect(there).toMatchObject({ status: 'fail', said: [{ status: 'pass' }, { status: 'fail' }] });
  expect(coming).toMatchObject({ status: 'fail', state: 'coming' });
});

test('a group takes only what is said of its own part in the chain', () => {
  const groups = ['sg-1', 'sg-2'].map((id) =>
    part({ key: id, id, kind: 'group', label: '', state: 'found', place: { in: 'groups' } }),
  );
  const open = result('x', {
    id: 'chapter-2/security-groups/rds-inbound',
    status: 'fail',
    resources: groups.map(({ key }) => ({ type: 'AWS::EC2::SecurityGroup', id: key, origin: 'console' as const })),
  });
  expect(statuses(judged(groups, [open], { ecs: 'sg-1', rds: 'sg-2' }))).toEqual([null, 'fail']);
});

test('the page counts as published only when its check passed', () => {
  const worker = part({ key: 'worker', kind: 'worker', label: '', state: 'coming', place: { in: 'outside' } });
  const seen = (status: 'pass' | 'fail') => result('x', { id: 'chapter-5/cloudflare/page', status });
  expect(judged([worker], [seen('fail')], {})[0]?.state).toBe('coming');
  expect(judged([worker], [seen('pass')], {})[0]?.state).toBe('found');
});
