import { randomUUID } from 'node:crypto';
import { AuthError } from './auth-error.ts';
import { hashPassword, isPassword } from './passwords.ts';
import type { Session, Store, User } from './store.ts';
import { ACCESS_TOKEN_SECONDS, newRefreshToken, readAccessToken, signAccessToken } from './tokens.ts';

/** Supabase's defaults. */
const SHORTEST_PASSWORD = 6;
/** For this long a refresh token that was just replaced still works: two tabs may refresh at once. */
const REUSE_INTERVAL_MS = 10_000;

/** What people do with their accounts, as Supabase Auth does it with e-mail confirmation switched off. */
export class Accounts {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  async signUp(given: { email?: unknown; password?: unknown; data?: unknown }) {
    const email = readEmail(given.email);
    const password = readPassword(given.password);
    if (this.#byEmail(email)) throw new AuthError(422, 'user_already_exists', 'User already registered');
    const now = new Date().toISOString();
    const id = randomUUID();
    const metadata = { ...readMetadata(given.data), email, email_verified: true, phone_verified: false, sub: id };
    const hashed = await hashPassword(password);
    if (this.#byEmail(email)) throw new AuthError(422, 'user_already_exists', 'User already registered');
    const user = { id, email, password: hashed, metadata, createdAt: now, updatedAt: now, lastSignInAt: now };
    this.#store.state.users.push(user);
    return this.#open(user);
  }

  async signIn(given: { email?: unknown; password?: unknown }) {
    const user = this.#byEmail(asText(given.email).trim().toLowerCase());
    if (!user || !(await isPassword(asText(given.password), user.password))) {
      throw new AuthError(400, 'invalid_credentials', 'Invalid login credentials');
    }
    user.lastSignInAt = new Date().toISOString();
    return this.#open(user);
  }

  /** Replaces the refresh token. One that was replaced long ago has been stolen or lost: its session ends. */
  async refresh(given: { refresh_token?: unknown }) {
    const token = asText(given.refresh_token);
    const { sessions } = this.#store.state;
    const current = sessions.find((session) => session.refreshToken === token);
    if (current) {
      current.previous = { refreshToken: token, replacedAt: Date.now() };
      current.refreshToken = newRefreshToken();
      return this.#answer(current);
    }
    const replaced = sessions.find((session) => session.previous?.refreshToken === token);
    if (!replaced) {
      throw new AuthError(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found');
    }
    if (Date.now() - (replaced.previous?.replacedAt ?? 0) <= REUSE_INTERVAL_MS) return this.#answer(replaced);
    this.#end((session) => session === replaced);
    throw new AuthError(400, 'refresh_token_already_used', 'Invalid Refresh Token: Already Used');
  }

  async user(authorization: string | undefined) {
    return describe((await this.#whoIs(authorization)).user);
  }

  async change(authorization: string | undefined, given: { email?: unknown; password?: unknown; data?: unknown }) {
    const { user, session } = await this.#whoIs(authorization);
    if (given.password !== undefined) {
      const password = readPassword(given.password);
      if (await isPassword(password, user.password)) {
        throw new AuthError(422, 'same_password', 'New password should be different from the old password.');
      }
      user.password = await hashPassword(password);
      this.#end((other) => other.userId === user.id && other.id !== session.id);
    }
    if (given.email !== undefined) {
      const email = readEmail(given.email);
      const holder = this.#byEmail(email);
      if (holder && holder !== user) {
        throw new AuthError(422, 'email_exists', 'A user with this email address has already been registered');
      }
      user.email = email;
      user.metadata.email = email;
    }
    Object.assign(user.metadata, readMetadata(given.data));
    user.updatedAt = new Date().toISOString();
    this.#store.save();
    return describe(user);
  }

  /** @param scope `global` (all of the user's sessions), `local` (this one) or `others`. */
  async signOut(authorization: string | undefined, scope: string): Promise<void> {
    if (!['global', 'local', 'others'].includes(scope)) {
      throw new AuthError(400, 'validation_failed', `Unsupported logout scope "${scope}"`);
    }
    const { user, session } = await this.#whoIs(authorization);
    this.#end(
      (other) => other.userId === user.id && (scope === 'global' || (scope === 'local') === (other.id === session.id)),
    );
  }

  #byEmail(email: string): User | undefined {
    return this.#store.state.users.find((user) => user.email === email);
  }

  async #whoIs(authorization: string | undefined): Promise<{ user: User; session: Session }> {
    const { key, issuer, users, sessions } = this.#store.state;
    const { userId, sessionId } = await readAccessToken(key, issuer, authorization);
    const user = users.find(({ id }) => id === userId);
    if (!user) throw new AuthError(403, 'user_not_found', 'User from sub claim in JWT does not exist');
    const session = sessions.find(({ id }) => id === sessionId);
    if (!session) {
      throw new AuthError(403, 'session_not_found', 'Session from session_id claim in JWT does not exist');
    }
    return { user, session };
  }

  #open(user: User) {
    const session: Session = {
      id: randomUUID(),
      userId: user.id,
      refreshToken: newRefreshToken(),
      previous: null,
      createdAt: new Date().toISOString(),
    };
    this.#store.state.sessions.push(session);
    return this.#answer(session);
  }

  async #answer(session: Session) {
    const { key, issuer, users } = this.#store.state;
    const user = users.find(({ id }) => id === session.userId);
    if (!user) throw new AuthError(400, 'refresh_token_not_found', 'Invalid Refresh Token: Refresh Token Not Found');
    this.#store.save();
    return {
      access_token: await signAccessToken(key, issuer, user, session),
      token_type: 'bearer',
      expires_in: ACCESS_TOKEN_SECONDS,
      expires_at: Math.floor(Date.now() / 1_000) + ACCESS_TOKEN_SECONDS,
      refresh_token: session.refreshToken,
      user: describe(user),
    };
  }

  #end(isEnding: (session: Session) => boolean): void {
    const { state } = this.#store;
    state.sessions = state.sessions.filter((session) => !isEnding(session));
    this.#store.save();
  }
}

/** The user as the API shows it. */
function describe(user: User) {
  return {
    id: user.id,
    aud: 'authenticated',
    role: 'authenticated',
    email: user.email,
    email_confirmed_at: user.createdAt,
    confirmed_at: user.createdAt,
    phone: '',
    last_sign_in_at: user.lastSignInAt,
    app_metadata: { provider: 'email', providers: ['email'] },
    user_metadata: user.metadata,
    identities: [
      {
        identity_id: user.id,
        id: user.id,
        user_id: user.id,
        identity_data: { email: user.email, sub: user.id, email_verified: true, phone_verified: false },
        provider: 'email',
        email: user.email,
        created_at: user.createdAt,
        updated_at: user.updatedAt,
        last_sign_in_at: user.lastSignInAt,
      },
    ],
    created_at: user.createdAt,
    updated_at: user.updatedAt,
    is_anonymous: false,
  };
}

/** What a JSON body holds in a place for text; anything else counts as empty. */
function asText(given: unknown): string {
  return typeof given === 'string' ? given : '';
}

function readEmail(given: unknown): string {
  const email = asText(given).trim().toLowerCase();
  if (email.length > 255 || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new AuthError(400, 'validation_failed', 'Unable to validate email address: invalid format');
  }
  return email;
}

function readPassword(given: unknown): string {
  const password = asText(given);
  if (password === '') throw new AuthError(400, 'validation_failed', 'Signup requires a valid password');
  if (password.length < SHORTEST_PASSWORD) {
    const message = `Password should be at least ${SHORTEST_PASSWORD} characters.`;
    throw new AuthError(422, 'weak_password', message, { weak_password: { message, reasons: ['length'] } });
  }
  return password;
}

function readMetadata(given: unknown): Record<string, unknown> {
  return typeof given === 'object' && given !== null && !Array.isArray(given) ? { ...given } : {};
}
