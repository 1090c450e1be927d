import type { Left } from '@blog-aws-practice/checks/left/left.ts';
import type { World } from '@blog-aws-practice/checks/world.ts';

/** What taking something away needs. */
export interface Tools {
  /** An SDK client for the AWS that is meant, and no other. */
  client: <Client extends { destroy: () => void }>(Class: new (config: object) => Client) => Client;
  /** Looks at AWS anew. */
  fresh: <Result>(look: (world: World) => Promise<Result>) => Promise<Result>;
  /** Waits until `look` gives null, telling each new state that it gives. */
  until: (what: string, look: () => Promise<string | null>) => Promise<void>;
}

/**
 * Takes one thing away and waits until it is gone. Safe to call again for what is half gone.
 * What AWS refuses is thrown as the SDK throws it.
 */
export type Removal = (one: Left, tools: Tools) => Promise<void>;

// e.g. NotFoundException, NoSuchEntityException, InvalidAllocationID.NotFound, DBClusterNotFoundFault, RepositoryNotFoundException
const ABSENT = /NotFound|NoSuch|DoesNotExist/;

/** Goes on where it is gone already. */
export async function unlessGone(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (!ABSENT.test((error as Error).name)) throw error;
  }
}
