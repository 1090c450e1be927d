import { expect, test } from 'vitest';
import { service } from '../../corpus/example-task.ts';
import type { Service } from '../../find/services.ts';
import check from './service.ts';

test('a Fargate service that wants a task passes', () => {
  expect(check.judge({ service: service(), elsewhere: [] }).status).toBe('pass');
});

test.each<[Partial<Service>, string, string]>([
  [{ desired: 0 }, 'fail', '0なので'],
  [{ launch: 'EC2' }, 'fail', 'EC2'],
  [{ status: 'DRAINING' }, 'pending', '削除している途中'],
])('%o is %s', (changes, status, words) => {
  const judged = check.judge({ service: service(changes), elsewhere: [] });
  expect(judged.status).toBe(status);
  expect(judged.evidence).toContain('farm のサービス cows');
  expect(judged.evidence).toContain(words);
});

test('none here fails, and tells of the one elsewhere', () => {
  const judged = check.judge({ service: undefined, elsewhere: [service()] });
  expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining('cows（クラスター farm）') });
});
