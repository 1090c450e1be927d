/** An error as Supabase Auth answers it; supabase-js decides by status and code what to do with the session. */
export class AuthError extends Error {
  readonly status: number;
  /** One of https://supabase.com/docs/guides/auth/debugging/error-codes. */
  readonly code: string;
  /** Further members of the answer, such as `weak_password`. */
  readonly details: Record<string, unknown>;

  constructor(status: number, code: string, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.details = details;
  }
}
