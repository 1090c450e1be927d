import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { delimiter, join } from 'node:path';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { STS } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity } from '@smithy/types';

/** An emulated AWS that holds nothing but what a test builds. */
export interface Moto {
  endpoint: string;
  /** Credentials of an account that nobody has used yet. */
  account: () => Promise<AwsCredentialIdentity>;
  stop: () => Promise<void>;
}

/**
 * Starts a stock moto on a free port: the one on PATH, else the one that the set-up has fetched.
 * @param managedPolicies whether it knows AWS's managed policies, which costs it a second for every new account
 * @param issuing whether it issues a certificate at once, rather than after a minute
 * @throws Error where there is none, or where it doesn't answer
 */
export async function startMoto({ managedPolicies = false, issuing = false } = {}): Promise<Moto> {
  const port = await freePort();
  const { AWS_PROFILE: _, ...env } = process.env;
  const child = spawn(program(), ['-H', '127.0.0.1', '-p', String(port)], {
    stdio: 'ignore',
    env: {
      ...env,
      AWS_CONFIG_FILE: '/dev/null',
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
      MOTO_IAM_LOAD_MANAGED_POLICIES: String(managedPolicies),
      // Thousands of machine images for every new account, which nobody asks for.
      MOTO_EC2_LOAD_DEFAULT_AMIS: 'false',
      ...(issuing && { MOTO_ACM_VALIDATION_WAIT: '0' }),
    },
  });
  const ended = once(child, 'exit');
  const endpoint = `http://127.0.0.1:${port}`;
  // The SDK's own retries wait until it answers.
  const patient = {
    endpoint,
    region: 'ap-northeast-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 100,
    retryMode: 'standard',
  };
  const sts = new STS(patient);
  // Its first look at a stack loads every service it knows, which a busy machine may not do within the checks' time-out.
  const cloudformation = new CloudFormation(patient);
  await cloudformation.listStacks({});
  cloudformation.destroy();
  let next = 200_000_000_000;
  return {
    endpoint,
    account: async () => {
      next += 1;
      const RoleArn = `arn:aws:iam::${next}:role/learner`;
      const { Credentials } = await sts.assumeRole({ RoleArn, RoleSessionName: 'learner' });
      return {
        accessKeyId: Credentials?.AccessKeyId ?? '',
        secretAccessKey: Credentials?.SecretAccessKey ?? '',
        sessionToken: Credentials?.SessionToken ?? '',
      };
    },
    stop: async () => {
      sts.destroy();
      child.kill();
      await ended;
    },
  };
}

function program(): string {
  const fetched = join(import.meta.dirname, '../../.local/rehearsal/venv/bin');
  const folders = [...(process.env.PATH ?? '').split(delimiter), fetched];
  const found = folders.map((folder) => join(folder, 'moto_server')).find((file) => existsSync(file));
  if (!found) throw new Error('moto_server is neither on PATH nor fetched by the set-up (npm test fetches it)');
  return found;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
