import { expect, test } from 'vitest';
import { ofExample } from '../example-blog.ts';
import check from './drift.ts';

test('passes where the migrations make what the schema says', { timeout: 120_000 }, async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('names a column that no migration makes', { timeout: 120_000 }, async () => {
  const schema = `datasource db {
  provider = "postgresql"
}

model Tag {
  id     Int     @id @default(autoincrement())
  name   String  @unique
  colour String?
}
`;
  expect(await ofExample(check, { 'packages/server/prisma/schema.prisma': schema })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('colour'),
  });
});
