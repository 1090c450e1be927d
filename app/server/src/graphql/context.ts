import type { Claims } from '../auth/verifier.ts';
import type { Database } from '../database/client.ts';
import type { Logger } from '../log.ts';
import type { MeModel } from '../schema/user/model.ts';
import { findOrCreateUser } from '../schema/user/sign-in.ts';

/** Makes something that lives as long as one request, such as a DataLoader. */
type Factory<Value> = (context: Context) => Value;

interface Parts {
  database: Database;
  log: Logger;
  requestId: string;
  claims: Claims | null;
}

/** What every resolver can use, made anew for each request. Apollo copies its fields, so none may be `#private`. */
export class Context {
  readonly database: Database;
  readonly log: Logger;
  readonly requestId: string;
  readonly claims: Claims | null;
  /** What the request's log line says besides HTTP. */
  readonly logged: { operation?: string } = {};
  private readonly made = new Map<Factory<unknown>, unknown>();

  constructor({ database, log, requestId, claims }: Parts) {
    this.database = database;
    this.log = log;
    this.requestId = requestId;
    this.claims = claims;
  }

  /** The signed-in user, null for a visitor. The first time an account is seen this creates its row. */
  viewer(): Promise<MeModel | null> {
    return this.once(findViewer);
  }

  /** What the factory makes, once per request. */
  once<Value>(factory: Factory<Value>): Value {
    if (!this.made.has(factory)) this.made.set(factory, factory(this));
    return this.made.get(factory) as Value;
  }
}

async function findViewer({ database, claims }: Context): Promise<MeModel | null> {
  return claims && findOrCreateUser(database, claims);
}
