import type { World } from '@blog-aws-practice/checks/world.ts';
import type { Environment } from '../pause/environment.ts';

/** What a drill works with. */
export interface Scene extends Pick<Environment, 'client'> {
  /** Looks at AWS as it is now. */
  world: World;
}

/**
 * One break-and-fix exercise, default-exported by `infra/drills/<name>.ts`. It changes one thing of an environment that
 * works. `Undo` is plain JSON: it is written down before anything is changed, so that a drill can always be taken back.
 */
export interface Drill<Undo = unknown> {
  /** The story's title; it gives nothing away. */
  title: string;
  /** The symptom as a person on call would meet it, in Japanese. */
  story: string;
  /** Minutes that it takes, an estimate. */
  minutes: number;
  /** なぜ (which part to think about), どこ (where to look), 答え (what to do). */
  hints: [why: string, where: string, answer: string];
  /** Ids of the checks that fail until it is mended. */
  caught: string[];
  /**
   * Reads what taking it back needs.
   * @throws CommandError where the environment isn't far enough
   */
  prepare: (scene: Scene) => Promise<Undo>;
  break: (scene: Scene, undo: Undo) => Promise<void>;
  /** Brings it back as it was; harmless where it already is. */
  restore: (scene: Scene, undo: Undo) => Promise<void>;
}

/** The identity function, for the types: it ties what `prepare` gives to what `break` and `restore` take. */
export function defineDrill<Undo>(drill: Drill<Undo>): Drill<Undo> {
  return drill;
}
