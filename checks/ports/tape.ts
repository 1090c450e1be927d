import { LookError, type LookFailure, lookFailure } from './look-error.ts';

/** One look at the world, as a recording holds it: exactly one of `output` and `failure` is there. */
export interface Call {
  port: string;
  /** For AWS the IAM action, e.g. `ec2:DescribeVpcs`; for others the port's own verb. */
  action: string;
  input: unknown;
  output?: unknown;
  failure?: LookFailure;
}

/**
 * What every port looks through. It makes identical calls once, keeps what came back, and, when replaying,
 * answers from a recording without touching the world.
 */
export interface Tape {
  /** Gives the outcome of `look`, run at most once per (port, action, input). What it gives is frozen, since checks share it. */
  play<Output>(call: Pick<Call, 'port' | 'action' | 'input'>, look: () => Promise<Output>): Promise<Output>;
  /** All calls that have ended so far, in a stable order. */
  calls(): Call[];
  /** Resolves when no call is under way any more. */
  idle(): Promise<void>;
}

/** A tape for the real world. */
export function recordingTape(): Tape {
  return tape(async (_key, look) => look());
}

/** A tape that answers from `calls` only; what was never recorded fails with the name `NotRecorded`. */
export function replayTape(calls: Call[]): Tape {
  const recorded = new Map(calls.map((call) => [keyOf(call), call]));
  return tape(async (key, _look, { port, action }) => {
    const call = recorded.get(key);
    if (call?.failure) throw new LookError(call.failure);
    if (!call) {
      throw new LookError({ port, action, name: 'NotRecorded', message: action, code: null, status: null });
    }
    return call.output;
  });
}

type Answer = (key: string, look: () => Promise<unknown>, call: Pick<Call, 'port' | 'action'>) => Promise<unknown>;

function tape(answer: Answer): Tape {
  const answers = new Map<string, Promise<unknown>>();
  const ended = new Map<string, Call>();
  return {
    play<Output>(call: Pick<Call, 'port' | 'action' | 'input'>, look: () => Promise<Output>): Promise<Output> {
      const key = keyOf(call);
      let known = answers.get(key);
      if (!known) {
        known = answer(key, look, call).then(
          (output) => {
            ended.set(key, { ...call, output: freeze(output) });
            return output;
          },
          (error: unknown) => {
            const failure = lookFailure(call.port, call.action, error);
            ended.set(key, { ...call, failure });
            throw error instanceof LookError ? error : new LookError(failure, { cause: error });
          },
        );
        answers.set(key, known);
      }
      // The key holds port, action and input, so whoever asks the same gets the same type.
      return known as Promise<Output>;
    },
    calls: () => [...ended].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, call]) => call),
    idle: async () => {
      let seen = 0;
      while (answers.size > seen) {
        seen = answers.size;
        await Promise.allSettled(answers.values());
      }
    },
  };
}

/** Equal for calls that ask the same, whatever the order of their input's keys. */
function keyOf({ port, action, input }: Pick<Call, 'port' | 'action' | 'input'>): string {
  return `${port} ${action} ${JSON.stringify(input, sorted) ?? ''}`;
}

function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !ArrayBuffer.isView(value) && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) freeze(inner);
  }
  return value;
}
