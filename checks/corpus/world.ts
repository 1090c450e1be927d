import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { appPort } from '../ports/app.ts';
import { awsPort } from '../ports/aws.ts';
import { filesPort } from '../ports/files.ts';
import { ghPort } from '../ports/gh.ts';
import { httpPort } from '../ports/http.ts';
import { runPort } from '../ports/run.ts';
import type { Tape } from '../ports/tape.ts';
import type { Choice, World } from '../world.ts';

/** Where a test looks, and what its learner has chosen. */
export interface Target {
  endpoint: string;
  credentials: AwsCredentialIdentity;
  choice?: Partial<Choice>;
}

/** The world as a test sees it: a real endpoint, or a replay, and no browser. */
export function worldOf(
  tape: Tape,
  { endpoint, credentials, choice = {} }: Target,
): { world: World; close: () => void } {
  const root = join(import.meta.dirname, '../..');
  const region = choice.region ?? 'ap-northeast-1';
  const { aws, close } = awsPort({ region, deliberate: true, endpoint, credentials }, tape);
  const world = {
    aws,
    http: httpPort(tape),
    browser: { visit: () => Promise.reject(new Error('a corpus visits no page')) },
    files: filesPort(root, tape),
    run: runPort(root, tape),
    gh: ghPort(root, tape),
    app: appPort(root, join(root, 'app'), tape),
    choice: { vpc: null, vpcFrom: null, prefix: '', region, ...choice },
    now: new Date(),
  };
  return { world, close };
}
