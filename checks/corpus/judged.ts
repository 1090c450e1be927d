import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import type { Status } from '../check.ts';
import { discover, load } from '../discover.ts';
import { appPort } from '../ports/app.ts';
import { awsPort } from '../ports/aws.ts';
import { filesPort } from '../ports/files.ts';
import { ghPort } from '../ports/gh.ts';
import { httpPort } from '../ports/http.ts';
import { runPort } from '../ports/run.ts';
import { type Call, recordingTape, replayTape, type Tape } from '../ports/tape.ts';
import { run } from '../run.ts';
import { explainer } from '../unknown.ts';
import type { Choice } from '../world.ts';

/** Where a corpus looks, and what its learner has chosen. */
export interface Target {
  endpoint: string;
  credentials: AwsCredentialIdentity;
  choice?: Partial<Choice>;
}

/** What the engine says of one world. */
export interface Judged {
  /** Id without chapter and step, e.g. `nat-gateway` → what was said. */
  results: Map<string, { status: Status; evidence: string; cli: string }>;
  /** Everything that was looked at, to be replayed, or edited and replayed. */
  calls: Call[];
}

/** Judges a whole step, e.g. `chapter-2/network`, with the real engine against a real endpoint. */
export async function judge(step: string, target: Target): Promise<Judged> {
  return look(step, recordingTape(), target);
}

/** The same from recorded calls alone, with what `edit` makes of each answer: for worlds that the emulator can't be in. */
export async function rejudge(step: string, calls: Call[], edit: (call: Call) => unknown): Promise<Judged> {
  const edited = structuredClone(calls).map((call) => ({ ...call, output: edit(call) ?? call.output }));
  return look(step, replayTape(edited), { endpoint: 'http://127.0.0.1:9', credentials: NOBODY });
}

const NOBODY = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };

async function look(step: string, tape: Tape, { endpoint, credentials, choice = {} }: Target): Promise<Judged> {
  const folder = join(import.meta.dirname, '..');
  const root = join(folder, '..');
  const book = await discover(folder, join(root, 'chapters'));
  const selected = book.chapters
    .flatMap(({ id, steps }) => steps.map((one) => ({ id: `${id}/${one.id}`, checks: one.checks })))
    .filter(({ id }) => id === step)
    .flatMap(({ checks }) => checks);
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
  try {
    const outcomes = await run(await load(book, selected), world, explainer(false));
    await tape.idle();
    const results = new Map(
      outcomes
        .filter(({ check }) => selected.includes(check.id))
        .map(({ check, status, evidence, judgement }) => [
          check.id.replace(`${step}/`, ''),
          { status, evidence, cli: judgement?.fix?.cli ?? check.fix.cli },
        ]),
    );
    return { results, calls: tape.calls() };
  } finally {
    close();
  }
}
