import { tmpdir } from 'node:os';
import { afterAll, expect, test } from 'vitest';
import { Shell } from './shell.ts';

const shell = new Shell(tmpdir(), process.env);
afterAll(() => shell.close());

test('what a block sets is there in the next', async () => {
  await shell.run('ID=vpc-1');
  expect(await shell.run('echo "id: $ID"')).toEqual({ exitCode: 0, slipped: false, output: 'id: vpc-1' });
});

test("a block's exit code is its last command's", async () => {
  expect(await shell.run('echo a\n(exit 3)')).toEqual({ exitCode: 3, slipped: false, output: 'a' });
});

test('a failure before the last command is no success', async () => {
  expect(await shell.run('false\necho a')).toMatchObject({ exitCode: 0, slipped: true });
  expect(await shell.run('ID=$(exit 4)\necho "$ID"')).toMatchObject({ exitCode: 0, slipped: true });
});

test('a shell that ends in a block says so', async () => {
  const other = new Shell(tmpdir(), process.env);
  await expect(other.run('echo bye; exit 5')).rejects.toThrow('bye');
  await other.close();
});
