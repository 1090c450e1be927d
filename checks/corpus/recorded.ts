import type { CheckDefinition, Judgement } from '../check.ts';
import { appPort } from '../ports/app.ts';
import { iamAction, type ServiceName } from '../ports/aws/clients.ts';
import { awsPort } from '../ports/aws.ts';
import { filesPort } from '../ports/files.ts';
import { ghPort } from '../ports/gh.ts';
import { httpPort } from '../ports/http.ts';
import { LookError, type LookFailure } from '../ports/look-error.ts';
import { runPort } from '../ports/run.ts';
import { type Call, replayTape } from '../ports/tape.ts';
import { tcpPort } from '../ports/tcp.ts';
import { tlsPort } from '../ports/tls.ts';
import type { World } from '../world.ts';

/** A look at AWS and what it gave, e.g. `aws('sts', 'getCallerIdentity', {}, { Arn: '…' })`. */
export function aws(service: ServiceName, method: string, input: object, output: unknown): Call {
  return { port: 'aws', action: iamAction(service, method), input: { method, ...input }, output };
}

/** The same look, refused: `denied(aws('iam', 'getAccountSummary', {}, null))`. */
export function denied(call: Call): Call {
  return failed(call, { name: 'AccessDenied', status: 403 });
}

/** The same look, failed as `failure` says. */
export function failed({ port, action, input }: Call, failure: Partial<LookFailure>): Call {
  return {
    port,
    action,
    input,
    failure: { port, action, name: 'Error', message: '', code: null, status: null, ...failure },
  };
}

/** A command of the machine and what it said; `null` for one that isn't there. */
export function command(name: string, args: string[], stdout: string | null, exitCode = 0): Call {
  const found = stdout !== null;
  return {
    port: 'run',
    action: name,
    input: { args },
    output: { found, exitCode: found ? exitCode : null, stdout: stdout ?? '', stderr: '' },
  };
}

/** Who looks, e.g. `:root` or `:user/workbook`. */
export function callerIs(suffix: string, account = '111122223333'): Call {
  return aws('sts', 'getCallerIdentity', {}, { Account: account, Arn: `arn:aws:iam::${account}${suffix}` });
}

/** The rehearsal's own user. */
export const rehearsalCaller = callerIs(':user/moto', '123456789012');

/** The time at which the recorded looks were made. */
export const NOW = new Date('2026-11-23T00:00:00Z');

/** A world of real ports that knows only these looks; any other fails as not recorded. */
export function recordedWorld(calls: Call[], region = 'ap-northeast-1'): World {
  const tape = replayTape(calls);
  const nobody = { accessKeyId: 'nobody', secretAccessKey: 'nobody' };
  const root = import.meta.dirname;
  return {
    aws: awsPort({ region, deliberate: true, endpoint: 'http://127.0.0.1:9', credentials: nobody }, tape).aws,
    http: httpPort(tape),
    tls: tlsPort(tape),
    tcp: tcpPort(tape),
    // None of the checks that are tested in this way opens a page.
    browser: {} as World['browser'],
    files: filesPort(root, tape),
    state: filesPort(root, tape),
    run: runPort(root, tape),
    gh: ghPort(root, tape),
    app: appPort(root, root, tape),
    choice: { vpc: null, vpcFrom: null, prefix: '', region },
    now: NOW,
  };
}

/** What a check says of a world that knows only these looks; the failed look in place of a judgement where it could not look. */
export async function said<Facts>(
  check: CheckDefinition<Facts>,
  calls: Call[],
  region?: string,
): Promise<Judgement | LookFailure> {
  try {
    return check.judge(await check.read(recordedWorld(calls, region)));
  } catch (error) {
    if (error instanceof LookError) return error.failure;
    throw error;
  }
}
