import type { ZodType } from 'zod';
import type { UserError } from '../../generated/schema-types.ts';

/** Thrown inside a mutation for what the user can understand and mend; it reaches the client as data. */
export class ExpectedFailure extends Error {
  readonly errors: UserError[];

  constructor(...errors: UserError[]) {
    super(errors.map((error) => error.message).join(' '));
    this.errors = errors;
  }
}

export function notFound(message: string): ExpectedFailure {
  return new ExpectedFailure({ code: 'NOT_FOUND', message, field: null });
}

export function notYours(message: string): ExpectedFailure {
  return new ExpectedFailure({ code: 'NOT_YOURS', message, field: null });
}

export function notSignedIn(message: string): ExpectedFailure {
  return new ExpectedFailure({ code: 'NOT_SIGNED_IN', message, field: null });
}

/** Runs a mutation; what it throws as ExpectedFailure becomes the payload's `errors`. */
export async function withUserErrors<Result extends object>(
  run: () => Promise<Result>,
): Promise<Partial<Result> & { errors: UserError[] }> {
  try {
    return { ...(await run()), errors: [] };
  } catch (error) {
    if (error instanceof ExpectedFailure) return { errors: error.errors } as Partial<Result> & { errors: UserError[] };
    throw error;
  }
}

/**
 * The input as the rules want it.
 * @throws ExpectedFailure with one error for each field that breaks a rule.
 */
export function validate<Output>(rules: ZodType<Output>, input: unknown): Output {
  const result = rules.safeParse(input);
  if (result.success) return result.data;
  const firstOfField = new Map<string | null, UserError>();
  for (const issue of result.error.issues) {
    const field = issue.path.length > 0 ? String(issue.path[0]) : null;
    if (!firstOfField.has(field)) firstOfField.set(field, { code: 'VALIDATION_FAILED', message: issue.message, field });
  }
  throw new ExpectedFailure(...firstOfField.values());
}
