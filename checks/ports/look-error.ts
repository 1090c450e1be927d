/** What is known of a look that failed; plain data, so that a recording can hold it. */
export interface LookFailure {
  /** The port that looked: `aws`, `http`, `run`, … */
  port: string;
  /** What was tried. For AWS it is the IAM action, e.g. `ec2:DescribeNatGateways`. */
  action: string;
  /** The error's own name, e.g. `UnauthorizedOperation` or `TimeoutError`. */
  name: string;
  message: string;
  /** The system's error code, e.g. `ECONNREFUSED`. */
  code: string | null;
  /** The HTTP status of the answer, where there was one. */
  status: number | null;
}

/** A port could not look. Checks never catch it; the runner turns it into `unknown` with a reason. */
export class LookError extends Error {
  readonly failure: LookFailure;

  constructor(failure: LookFailure, options?: ErrorOptions) {
    super(`${failure.action}: ${failure.name}: ${failure.message}`, options);
    this.name = 'LookError';
    this.failure = failure;
  }
}

/** Whether AWS answered "there is no such thing", so that a finder may say `null` instead of failing. */
export function isNotThere(error: unknown): boolean {
  return error instanceof LookError && NOT_THERE.test(error.failure.name) && error.failure.status !== 403;
}

// e.g. ClusterNotFoundException, DBClusterNotFoundFault, InvalidVpcID.NotFound, NoSuchEntityException, TrailNotFoundException
const NOT_THERE = /NotFound|NoSuch|DoesNotExist/;

/** The failure that an SDK or system error describes. */
export function lookFailure(port: string, action: string, error: unknown): LookFailure {
  if (error instanceof LookError) return error.failure;
  const e: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {};
  const metadata = e.$metadata;
  const status =
    typeof metadata === 'object' && metadata !== null && 'httpStatusCode' in metadata ? metadata.httpStatusCode : null;
  return {
    port,
    action,
    name: error instanceof Error ? error.name : typeof error,
    message: error instanceof Error ? error.message || firstInner(error) : String(error),
    code: codeOf(error),
    status: typeof status === 'number' ? status : null,
  };
}

/** Node puts the code of a refused connection on the error, on its cause, or on the parts of an AggregateError. */
function codeOf(error: unknown): string | null {
  for (let e: unknown = error; typeof e === 'object' && e !== null; e = 'cause' in e ? e.cause : null) {
    if ('code' in e && typeof e.code === 'string') return e.code;
    if (e instanceof AggregateError && e.errors.length > 0) return codeOf(e.errors[0]);
  }
  return null;
}

function firstInner(error: Error): string {
  return error instanceof AggregateError && error.errors[0] instanceof Error ? error.errors[0].message : '';
}
