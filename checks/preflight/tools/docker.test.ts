import { expect, test } from 'vitest';
import { command, said } from '../../corpus/recorded.ts';
import check from './docker.ts';

const docker = (version: string | null, infoExit = 0) => [
  command('docker', ['--version'], version),
  command('docker', ['info'], version === null ? null : '', infoExit),
];

test('a running, recent one passes without a word', async () => {
  const judgement = await said(check, docker('Docker version 28.2.2, build e6534b4'));
  expect(judgement).toEqual({ status: 'pass', evidence: 'Docker 28.2.2 が動いています。' });
});

test('one that is not started passes with advice', async () => {
  expect(await said(check, docker('Docker version 28.2.2, build e6534b4', 1))).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('起動してください'),
  });
});

test('none passes: it is optional', async () => {
  expect(await said(check, docker(null))).toMatchObject({
    status: 'pass',
    advice: expect.stringContaining('なくても'),
  });
});

test('an old one fails', async () => {
  expect(await said(check, docker('Docker version 20.10.24, build 297e128'))).toMatchObject({
    status: 'fail',
    evidence: 'Docker 20.10.24 です。',
  });
});

test("Podman under Docker's name is not taken for an ancient Docker", async () => {
  expect(await said(check, docker('podman version 5.4.2'))).toMatchObject({
    status: 'pass',
    evidence: expect.stringContaining('Podman 5.4.2'),
  });
});
