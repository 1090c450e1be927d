import type { ContextOf } from './cloudformation/execute.ts';
import type { ClientConfig, Context } from './resource-type.ts';

/** SDK clients for the rehearsal itself, one of each class. */
export class Clients {
  readonly #config: ClientConfig & { customUserAgent?: string };
  readonly #clients = new Map<unknown, { destroy: () => void }>();

  constructor(config: ClientConfig & { customUserAgent?: string }) {
    this.#config = config;
  }

  readonly get: Context['client'] = <Client>(Class: new (config: ClientConfig) => Client): Client => {
    const known = this.#clients.get(Class);
    if (known) return known as Client;
    const made = new Class(this.#config);
    this.#clients.set(Class, made as { destroy: () => void });
    return made;
  };

  destroy(): void {
    for (const client of this.#clients.values()) client.destroy();
  }
}

/**
 * What the resource types work with.
 *
 * @param live whether tasks really run, so that a service can be waited for
 */
export function contextsOf(clients: Clients, live: boolean): ContextOf {
  return ({ name, id }, logicalId, deletionPolicy = 'Delete'): Context => ({
    stackName: name,
    stackId: id,
    logicalId,
    deletionPolicy,
    live,
    client: clients.get,
    generatedName: (maximum) => {
      const suffix = crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase();
      return `${`${name}-${logicalId}`.slice(0, maximum - suffix.length - 1)}-${suffix}`;
    },
  });
}
