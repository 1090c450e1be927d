import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Answer, errorAnswer, type Operation, type Protocol } from './wire.ts';

/**
 * A fault to inject, for tests and drills.
 * `action` is `service:Action` as IAM writes it, e.g. `ec2:DescribeVpcs`; `ec2:*` and `*` match many.
 * `times` ends it after so many calls. `kind`:
 * - `delay` waits `ms` before the call goes on; `hang` never answers
 * - `throttle`, `deny`, `expire`, `bad-key`, `opt-in` answer what AWS answers, in the service's own words
 * - `error` answers `code` and `message` with HTTP `status`
 */
export const faultSchema = z.strictObject({
  action: z.string().regex(/^(\*|[a-z0-9-]+:.+)$/, 'action は ec2:DescribeVpcs、ec2:*、* のように書いてください'),
  kind: z.enum(['delay', 'hang', 'throttle', 'deny', 'expire', 'bad-key', 'opt-in', 'error']),
  ms: z.number().int().min(0).optional(),
  times: z.number().int().min(1).optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  status: z.number().int().min(400).max(599).optional(),
});

export type Fault = z.infer<typeof faultSchema>;

const actor = 'arn:aws:iam::123456789012:user/moto';

/** Code and HTTP status by which each kind of service reports an error. */
const wording: Record<
  'throttle' | 'deny' | 'expire' | 'bad-key' | 'opt-in',
  Record<'ec2' | 'query' | 'json' | 's3', [status: number, code: string, message: string]>
> = {
  throttle: {
    ec2: [503, 'RequestLimitExceeded', 'Request limit exceeded.'],
    query: [400, 'Throttling', 'Rate exceeded'],
    json: [400, 'ThrottlingException', 'Rate exceeded'],
    s3: [503, 'SlowDown', 'Please reduce your request rate.'],
  },
  deny: {
    ec2: [403, 'UnauthorizedOperation', 'You are not authorized to perform this operation.'],
    query: [403, 'AccessDenied', ''],
    json: [400, 'AccessDeniedException', ''],
    s3: [403, 'AccessDenied', ''],
  },
  expire: {
    ec2: [400, 'RequestExpired', 'Request has expired.'],
    query: [403, 'ExpiredToken', 'The security token included in the request is expired'],
    json: [400, 'ExpiredTokenException', 'The security token included in the request is expired'],
    s3: [400, 'ExpiredToken', 'The provided token has expired.'],
  },
  'bad-key': {
    ec2: [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials'],
    query: [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.'],
    json: [400, 'UnrecognizedClientException', 'The security token included in the request is invalid.'],
    s3: [403, 'InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.'],
  },
  'opt-in': {
    ec2: [401, 'OptInRequired', 'You are not subscribed to this service.'],
    query: [403, 'OptInRequired', 'The AWS Access Key Id needs a subscription for the service'],
    json: [400, 'OptInRequired', 'The AWS Access Key Id needs a subscription for the service'],
    s3: [403, 'NotSignedUp', 'Your account is not signed up for the service.'],
  },
};

const family = (protocol: Protocol): 'ec2' | 'query' | 'json' | 's3' =>
  protocol === 'cbor' ? 'json' : protocol === 'rest-xml' ? 'query' : protocol;

/** IAM's name of a service, where it isn't the one that signatures carry. */
const iamNames: Record<string, string> = { monitoring: 'cloudwatch' };
const iamName = (service: string) => iamNames[service] ?? service;

const matches = (pattern: string, { service, action }: Operation) =>
  ['*', `${iamName(service)}:*`, `${iamName(service)}:${action}`].includes(pattern);

/** The faults in force. They live in memory only: a restart is always healthy. */
export class Faults {
  #rules: { fault: Fault; left: number }[] = [];

  list(): Fault[] {
    return this.#rules.map(({ fault }) => fault);
  }

  /** Puts these in place of all before them. */
  replace(faults: Fault[]): void {
    this.#rules = faults.map((fault) => ({ fault, left: fault.times ?? Number.POSITIVE_INFINITY }));
  }

  /**
   * Lets the faults act on a call.
   *
   * @returns an answer to give instead of AWS's, `'hang'` to give none, or null to go on
   */
  async meet(operation: Operation, signal: AbortSignal): Promise<Answer | 'hang' | null> {
    for (const rule of this.#rules) {
      if (rule.left <= 0 || !matches(rule.fault.action, operation)) continue;
      rule.left -= 1;
      const { fault } = rule;
      if (fault.kind === 'delay') await sleep(fault.ms ?? 0, undefined, { signal });
      else if (fault.kind === 'hang') return 'hang';
      else return faultAnswer(fault, operation);
    }
    return null;
  }
}

function faultAnswer(fault: Fault, { protocol, service, action }: Operation): Answer {
  if (fault.kind === 'error') {
    return errorAnswer(protocol, fault.status ?? 400, fault.code ?? 'InternalFailure', fault.message ?? 'Injected.');
  }
  const [status, code, message] = wording[fault.kind as keyof typeof wording][family(protocol)];
  const iamAction = `${iamName(service)}:${action}`;
  const denied = `User: ${actor} is not authorized to perform: ${iamAction} because no identity-based policy allows the ${iamAction} action`;
  const words = fault.kind === 'deny' ? `${message} ${denied}`.trim() : message;
  return errorAnswer(protocol, fault.status ?? status, fault.code ?? code, fault.message ?? words);
}
