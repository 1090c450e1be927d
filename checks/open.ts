import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { savedChoice } from './choice.ts';
import { appPort } from './ports/app.ts';
import { configuredRegion, REGION, REHEARSAL_TIME_OUT, TIME_OUT } from './ports/aws/settings.ts';
import { awsPort } from './ports/aws.ts';
import { browserPort } from './ports/browser.ts';
import { filesPort } from './ports/files.ts';
import { ghPort } from './ports/gh.ts';
import { httpPort } from './ports/http.ts';
import type { Recording } from './ports/recording.ts';
import { runPort } from './ports/run.ts';
import { recordingTape, replayTape } from './ports/tape.ts';
import { tcpPort } from './ports/tcp.ts';
import { tlsPort } from './ports/tls.ts';
import { REHEARSAL_CREDENTIALS, REHEARSAL_TEST_USER, rehearsalDoors } from './rehearsal.ts';
import type { Mode } from './report/report.ts';
import type { Choice, World } from './world.ts';

/** What to look at. */
export interface Where {
  /** The repository's root. */
  root: string;
  /** The folder for this machine's state, `.local`. */
  local: string;
  /** The endpoint of a rehearsal to look at in place of the AWS that the user's configuration names. */
  rehearsal: string | null;
  region: string | null;
  vpc: string | null;
  prefix: string;
  /** Absolute folder of the blog's code; left out, the repository's `app`. */
  app?: string;
  /** Whose eyes to look with; left out, the SDK's standard chain. */
  credentials?: AwsCredentialIdentity;
  /** The API's origin and those of its pages, given by option; left out, the saved ones. */
  url?: string;
  pages?: string[];
  /** Answers from here, and nothing is looked at. */
  replay: Recording | null;
}

/** A world that is open for one run. */
export interface Opened {
  world: World;
  /** Who looked at what; ask after the run. */
  about: () => Promise<{ mode: Mode; account: string | null; region: string | null }>;
  /** All that was looked at; waits for looks that are still under way. */
  recording: () => Promise<Recording>;
  close: () => void;
}

/** Opens every port on one tape. */
export async function open(where: Where): Promise<Opened> {
  const { replay, root } = where;
  const now = replay ? new Date(replay.recordedAt) : new Date();
  const tape = replay ? replayTape(replay.calls) : recordingTape();
  const region = where.region ?? (where.rehearsal ? REGION : await configuredRegion());
  const choice: Choice = replay?.choice ?? {
    ...(await vpcChoice(where)),
    ...(await addressChoice(where)),
    prefix: where.prefix,
    region: region ?? REGION,
    ...(where.app === undefined ? {} : { app: where.app }),
  };
  const port = awsPort(
    {
      region: replay ? choice.region : region,
      deliberate: where.region !== null || replay !== null,
      endpoint: where.rehearsal,
      credentials: where.credentials ?? (where.rehearsal ? REHEARSAL_CREDENTIALS : null),
      timeOut: where.rehearsal ? REHEARSAL_TIME_OUT : TIME_OUT,
    },
    tape,
  );
  const world: World = {
    aws: port.aws,
    http: httpPort(tape),
    tls: tlsPort(tape),
    tcp: tcpPort(tape),
    browser: browserPort(tape, where.rehearsal === null ? null : REHEARSAL_TEST_USER),
    files: filesPort(root, tape),
    state: filesPort(where.local, tape),
    run: runPort(root, tape),
    gh: ghPort(root, tape),
    app: appPort(root, choice.app ?? join(root, 'app'), tape),
    choice,
    now,
  };
  const looked = () => tape.calls().some((call) => call.port === 'aws');
  return {
    world,
    about: async () => {
      const me = await port.identity();
      const account = replay ? replay.account : (me?.account ?? null);
      if (replay) return { mode: 'replay', account, region: choice.region };
      if (where.rehearsal !== null || me?.arn.endsWith(':user/moto')) {
        return { mode: 'rehearsal', account, region: choice.region };
      }
      return looked() ? { mode: 'aws', account, region } : { mode: 'local', account: null, region: null };
    },
    recording: async () => {
      await tape.idle();
      return {
        recordedAt: now.toISOString(),
        account: (await port.identity())?.account ?? null,
        choice,
        calls: tape.calls(),
      };
    },
    close: port.close,
  };
}

/** The key under which a chosen VPC is remembered: ids of one AWS mean nothing in another. */
export function place(where: Pick<Where, 'rehearsal'>): string {
  return where.rehearsal ? 'rehearsal' : (process.env.AWS_ENDPOINT_URL ?? 'aws');
}

async function vpcChoice(where: Where): Promise<Pick<Choice, 'vpc' | 'vpcFrom'>> {
  if (where.vpc !== null) return { vpc: where.vpc, vpcFrom: 'flag' };
  const vpc = await savedChoice(where.local, place(where), 'vpc');
  return { vpc, vpcFrom: vpc === null ? null : 'saved' };
}

async function addressChoice(where: Where): Promise<Pick<Choice, 'url' | 'plainUrl' | 'pages' | 'pageSettings'>> {
  const [url, pages, here] = await Promise.all([
    where.url ?? savedChoice(where.local, place(where), 'url'),
    where.pages ?? savedChoice(where.local, place(where), 'page').then((saved) => saved?.split(',')),
    where.rehearsal === null ? null : rehearsalDoors(where.rehearsal, where.local),
  ]);
  return {
    ...here,
    ...(url ? { url } : {}),
    ...(pages ? { pages } : {}),
    ...(where.rehearsal === null ? {} : { pageSettings: 'rehearsal/page' }),
  };
}
