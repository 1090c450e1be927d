import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Trail } from '../../find/trails.ts';
import check from './trail.ts';

const trail = (id: string, properties: Partial<Trail> = {}): Resource<Trail> => ({
  type: 'AWS::CloudTrail::Trail',
  id,
  arn: null,
  name: id,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { logging: true, everyRegion: true, bucket: 'logs', failure: null, ...properties },
});

test('one that logs passes; none is advice, never a failure', () => {
  expect(check.judge({ found: [trail('who')] })).not.toHaveProperty('advice');
  expect(check.judge({ found: [] })).toMatchObject({ status: 'pass', advice: expect.stringContaining('任意') });
  expect(check.judge({ found: [trail('who', { everyRegion: false })] })).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('すべてのリージョン'),
  });
});

test('one that was stopped, and one that can’t write, are named', () => {
  expect(check.judge({ found: [trail('who', { logging: false })] })).toMatchObject({
    status: 'fail',
    evidence: '証跡 who は、記録を止められています。',
    fix: { cli: 'aws cloudtrail start-logging --name who' },
  });
  expect(check.judge({ found: [trail('who', { failure: 'AccessDenied' })] })).toMatchObject({
    status: 'fail',
    evidence: '証跡 who は、バケット logs に書けていません（AccessDenied）。',
  });
});

test('one that works is enough', () => {
  expect(check.judge({ found: [trail('old', { logging: false }), trail('new')] })).toMatchObject({ status: 'pass' });
});
