import { expect, test } from 'vitest';
import { command, recordedWorld } from '../corpus/recorded.ts';
import type { Call } from '../ports/tape.ts';
import { successfulReleases } from './successful-releases.ts';

const path = '.github/workflows/deploy.yml';
const LIST = { pattern: '.github/workflows/*.{yml,yaml}' };
const asked = 'repos/hana/blog/actions/workflows/deploy.yml/runs?branch=main&status=success&per_page=30';
const world = (answer: object, url = 'https://github.com/hana/blog.git') =>
  recordedWorld([
    command('git', ['config', '--get', 'remote.origin.url'], url),
    { port: 'files', action: 'list', input: LIST, output: [path] },
    {
      port: 'files',
      action: 'read',
      input: { path },
      output: 'jobs: { deploy: { steps: [{ run: aws ecs update-service }] } }',
    },
    { port: 'gh', action: 'api', input: { path: asked }, output: answer },
  ] satisfies Call[]);
const run = (head_sha: string, run_started_at: string) => ({
  head_sha,
  run_started_at,
  html_url: `https://x/${head_sha}`,
});

test('the newest comes first; one that was started again counts from then', async () => {
  const workflow_runs = [
    run('b', '2026-11-23T02:00:00Z'),
    run('a', '2026-11-23T03:00:00Z'),
    run('c', '2026-11-22T00:00:00Z'),
  ];
  const found = await successfulReleases(world({ status: 200, body: { workflow_runs }, reason: null }), 'main');
  expect(found.map(({ commit }) => commit)).toEqual(['a', 'b', 'c']);
  expect(found[0]?.url).toBe('https://x/a');
});

test.each([
  ['gh is signed out', { status: null, body: null, reason: 'signed-out' }],
  ['GitHub knows no such workflow', { status: 404, body: {}, reason: null }],
])('nothing where %s', async (_name, answer) => {
  expect(await successfulReleases(world(answer), 'main')).toEqual([]);
});

test('nothing where the folder pushes elsewhere', async () => {
  expect(await successfulReleases(world({}, 'https://gitlab.com/hana/blog.git'), 'main')).toEqual([]);
});
