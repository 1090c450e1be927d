import { expect, test } from 'vitest';
import { replayTape } from '../ports/tape.ts';
import { redactedRecording } from './redact-recording.ts';

const account = '987654321098';
const arn = `arn:aws:ecs:ap-northeast-1:${account}:service/farm/cows`;
const recording = {
  recordedAt: '2026-11-23T00:00:00.000Z',
  account,
  choice: { vpc: null, vpcFrom: null, prefix: '', region: 'ap-northeast-1' },
  calls: [
    {
      port: 'aws',
      action: 'ecs:DescribeServices',
      input: { method: 'describeServices', services: [arn] },
      output: {
        services: [{ serviceArn: arn, createdBy: 'hanako@example.com', createdAt: new Date(0) }],
        [account]: 1,
      },
    },
    {
      port: 'aws',
      action: 'iam:GetRole',
      input: { method: 'getRole' },
      failure: {
        port: 'aws',
        action: 'iam:GetRole',
        name: 'AccessDenied',
        message: `User: arn:aws:iam::${account}:user/hanako is not authorized`,
        code: null,
        status: 403,
      },
    },
  ],
};

test('neither the account nor a person is in it any more, dates stay dates', () => {
  const clean = redactedRecording(recording);
  const text = JSON.stringify(clean);
  for (const secret of [account, 'hanako@example.com']) expect(text).not.toContain(secret);
  expect(clean.account).toBe('111122223333');
  expect(clean.calls[0]).toMatchObject({ output: { services: [{ createdAt: new Date(0) }] } });
});

test('a replay asks for what is recorded: inputs are changed as the answers are', async () => {
  const tape = replayTape(redactedRecording(recording).calls);
  const services = [arn.replace(account, '111122223333')];
  const call = { port: 'aws', action: 'ecs:DescribeServices', input: { method: 'describeServices', services } };
  await expect(tape.play(call, () => Promise.reject(new Error('not recorded')))).resolves.toMatchObject({
    services: [{ serviceArn: services[0] }],
  });
});
