import { expect, test } from 'vitest';
import { type Deployment, goodBefore } from './releases.ts';

const deployments = (...all: [status: string, revision: string | null][]): Deployment[] =>
  all.map(([status, revision]) => ({ status, reason: '', createdAt: null, revision, alarms: [] }));

test.each([
  ['the one before', deployments(['SUCCESSFUL', 'cows:7'], ['SUCCESSFUL', 'cows:6']), 'cows:6'],
  [
    'over one that was taken back',
    deployments(['SUCCESSFUL', 'cows:7'], ['ROLLBACK_SUCCESSFUL', 'cows:6'], ['SUCCESSFUL', 'cows:5']),
    'cows:5',
  ],
  [
    'before it, after one went back by hand',
    deployments(['SUCCESSFUL', 'cows:7'], ['SUCCESSFUL', 'cows:8'], ['SUCCESSFUL', 'cows:6']),
    'cows:6',
  ],
  ['by number, not by letters', deployments(['SUCCESSFUL', 'cows:10'], ['SUCCESSFUL', 'cows:6']), 'cows:6'],
  ['none of another family', deployments(['SUCCESSFUL', 'cows:7'], ['SUCCESSFUL', 'bulls:1']), null],
  ['none where AWS tells none', deployments(['SUCCESSFUL', 'cows:7'], ['SUCCESSFUL', null]), null],
])('what to go back to: %s', (_name, all, expected) => {
  expect(goodBefore(all, 'cows:7')).toBe(expected);
});
