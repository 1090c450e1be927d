/**
 * The mistakes that are played: all of them with PROVE=1 (`npm run prove`), else the first one for each check,
 * so that `npm test` still sees every check catch something.
 */
export function sampled<Mistake extends { caught: string }>(mistakes: Mistake[]): Mistake[] {
  if (process.env.PROVE) return mistakes;
  const seen = new Set<string>();
  return mistakes.filter(({ caught }) => !seen.has(caught) && seen.add(caught));
}

/** The right builds that are judged: all of them with PROVE=1, else the first three. */
export function sampledBuilds<Build>(builds: Build[]): Build[] {
  return process.env.PROVE ? builds : builds.slice(0, 3);
}
