import { expect, test } from 'vitest';
import { container, service, task } from '../../corpus/example-task.ts';
import type { Container } from '../../find/task-definitions.ts';
import check from './environment.ts';

const judge = (changes: Partial<Container>) =>
  check.judge({ service: service(), task: task({ containers: [container(changes)] }) });
const without = (name: string) => container().secrets.filter((one) => one.name !== name);

test('the plan’s passes', () => {
  expect(judge({}).status).toBe('pass');
});

test.each(['DATABASE_PASSWORD', 'DATABASE_URL', 'SUPABASE_SERVICE_ROLE_KEY', 'JWT_SECRET', 'API_KEY'])(
  '%s in the clear fails',
  (name) => {
    const judged = judge({ environment: ['CORS_ORIGIN', name], secrets: without(name) });
    expect(judged).toMatchObject({ status: 'fail', evidence: expect.stringContaining(name) });
  },
);

test.each(['SUPABASE_PUBLISHABLE_KEY', 'SECRET_ARN', 'VITE_SUPABASE_ANON_KEY'])('%s may be seen', (name) => {
  expect(judge({ environment: ['CORS_ORIGIN', name] }).status).toBe('pass');
});

test.each(['DATABASE_HOST', 'SUPABASE_URL'])('%s forgotten fails', (name) => {
  expect(judge({ secrets: without(name) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(`環境変数 ${name} が`),
  });
});

test('one connection string from a secret stands for all the parts', () => {
  const secrets = [
    { name: 'DATABASE_URL', from: 'arn' },
    { name: 'SUPABASE_URL', from: 'arn' },
  ];
  expect(judge({ secrets }).status).toBe('pass');
});
