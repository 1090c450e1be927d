import { expect, test } from 'vitest';
import { BEFORE, of, ofExample } from '../example-blog.ts';
import check from './stages.ts';

test('passes after the move', async () => {
  expect(await ofExample(check)).toMatchObject({ status: 'pass' });
});

test('fails before the move, where there is no Dockerfile', async () => {
  expect(await of(check, BEFORE)).toMatchObject({ status: 'fail', evidence: expect.stringContaining('ありません') });
});

test('fails with one stage, and with none', async () => {
  const file = 'packages/server/Dockerfile';
  const one = await ofExample(check, { [file]: '# blog\nFROM node:24.21.0\nCMD ["node", "main.js"]\n' });
  expect(one).toMatchObject({ status: 'fail', evidence: `${file}:2 の FROM 一つだけで作っています。` });
  expect(await ofExample(check, { [file]: '# nothing yet\n' })).toMatchObject({ status: 'fail' });
});
