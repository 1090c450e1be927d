import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandTrial, startCommandTrial } from './trial.ts';

let trial: CommandTrial;
beforeAll(async () => {
  trial = await startCommandTrial();
});
afterAll(() => trial.close());

it('says that none is up, and refuses what needs one', async () => {
  expect(await trial.run('rehearse', 'status')).toMatchObject({
    code: 1,
    out: expect.stringContaining('動いていません'),
  });
  expect(await trial.run('rehearse', 'down')).toMatchObject({
    code: 0,
    out: expect.stringContaining('動いていません'),
  });
  const aws = await trial.run('aws', 'ec2', 'describe-vpcs');
  expect(aws).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringMatching(/^リハーサル用の AWS が動いていません。.*\n$/),
  });
  expect(await trial.run('rehearse', 'page')).toMatchObject({ code: 1, out: expect.stringContaining('rehearse up') });
  const solve = await trial.run('solve', 'chapter-2', '--rehearsal');
  expect(solve).toMatchObject({ code: 1, err: expect.stringMatching(/^リハーサル用の AWS が動いていません。.*\n$/) });
});

it('comes up once, keeps what was built while it is down, and forgets it when reset', {
  timeout: 120_000,
}, async () => {
  const endpoint = /http:\/\/127\.0\.0\.1:\d+/;
  const up = await trial.run('rehearse', 'up');
  expect(up).toMatchObject({ code: 0, out: expect.stringMatching(endpoint) });
  const again = await trial.run('rehearse', 'up');
  expect(again).toMatchObject({ code: 0, out: expect.stringContaining('もう') });
  expect(endpoint.exec(again.out)?.[0]).toBe(endpoint.exec(up.out)?.[0]);
  expect(await trial.run('rehearse', 'status')).toMatchObject({ code: 0, out: expect.stringMatching(endpoint) });

  const query = ['--query', 'Vpcs[].CidrBlock', '--output', 'text'];
  const cidrs = async () => (await trial.run('aws', 'ec2', 'describe-vpcs', ...query)).out.trim().split(/\s+/);
  expect(await trial.run('aws', 'ec2', 'create-vpc', '--cidr-block', '10.0.0.0/16')).toMatchObject({ code: 0 });
  expect(await cidrs()).toContain('10.0.0.0/16');
  expect(await trial.run('rehearse', 'down')).toMatchObject({ code: 0, out: expect.stringContaining('残って') });
  expect(await trial.run('rehearse', 'status')).toMatchObject({ code: 1 });
  expect(await trial.run('rehearse', 'up')).toMatchObject({ code: 0 });
  expect(await cidrs()).toContain('10.0.0.0/16');

  expect(await trial.run('rehearse', 'reset')).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
  expect(await cidrs()).toContain('10.0.0.0/16');
  expect(await trial.run('rehearse', 'reset', '--yes')).toMatchObject({ code: 0 });
  expect(await cidrs()).toEqual(['172.31.0.0/16']);
  // Nothing is built yet that a page could talk to.
  expect(await trial.run('rehearse', 'page')).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^ロードバランサーがまだない.*solve chapter-2 --rehearsal.*\n$/),
  });
});

it('the AWS CLI speaks to it whatever the learner has configured, and its exit code is passed on', async () => {
  const configured = {
    AWS_PROFILE: 'production',
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_EC2: 'http://127.0.0.1:1',
    AWS_REGION: 'us-east-1',
  };
  const zones = [
    'ec2',
    'describe-availability-zones',
    '--query',
    'AvailabilityZones[0].RegionName',
    '--output',
    'text',
  ];
  expect(await trial.runWith(configured, 'aws', ...zones)).toEqual({ code: 0, out: 'ap-northeast-1\n', err: '' });
  const missing = await trial.run('aws', 'ec2', 'describe-vpcs', '--vpc-ids', 'vpc-nowhere');
  expect(missing.code).not.toBe(0);
  expect(missing.err).toContain('InvalidVpcID.NotFound');
});

it.each([
  ['rehearse', ['sideways'], '「sideways」はできません。up、down、status、page、reset'],
  ['rehearse', ['--sideways'], '--sideways'],
  ['aws', [], ''],
])('%s %j is wrong use', async (command, args, sentence) => {
  const { code, err } = await trial.run(command, ...args);
  expect(code).toBe(64);
  expect(err).toContain(sentence);
});

it.each(['rehearse', 'aws', 'solve', 'cleanup'])('%s --help explains itself in Japanese', async (command) => {
  const { code, out } = await trial.run(command, '--help');
  expect(code).toBe(0);
  expect(out).toMatch(new RegExp(`^使い方: pnpm ${command}`));
});
