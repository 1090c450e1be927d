import { CommandError } from '../command.ts';

/**
 * What a drill can't do without.
 * @param what its Japanese name, e.g. `ターゲットグループ`
 * @throws CommandError where it is not there
 */
export function found<Thing>(thing: Thing | null | undefined, what: string): Thing {
  if (thing !== null && thing !== undefined) return thing;
  throw new CommandError(
    `この演習に要る${what}が見つかりません。何も変えずに終わりました。pnpm check chapter-2 が合格してから始めてください。`,
  );
}
