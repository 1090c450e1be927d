import type { Seen } from './delaying-proxy.ts';

// Ids as AWS makes them (vpc-0abc…), ARNs, and page tokens: what one call can only know from another's answer.
const MADE_BY_AWS = /\b[a-z]+-[0-9a-f]{8,}\b|arn:aws:[\w:/.+=,@-]+|\b[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** A name on its own, e.g. `RoleName=farmer`. */
const NAMED = /(RoleName|PolicyName|VersionId|repositoryName|taskDefinition)(?:=|":")([\w+=,.@/-]+)/g;
/** The kind of ARN, or of answer, that such a name is known from. */
const KIND: Record<string, string> = {
  RoleName: 'role',
  PolicyName: 'policy',
  VersionId: 'version',
  repositoryName: 'repository',
  taskDefinition: 'task-definition',
};
/** Kind and name in an ARN: `…:role/service-role/farmer`, `…:task-definition/cows:3`. */
const NAME_IN_ARN = /:([a-z-]+)\/(?:.*\/)?([^/:]+)(?::\d+)?$/;

/**
 * How many calls follow from each other at least: a call depends on another when it names something that AWS made and
 * that it can only have learnt from that one's answer. Of several answers that hold it, the one nearest to the start counts.
 * @param seen the calls of one run, in order of arrival
 */
export function longestChain(seen: Seen[]): Seen[] {
  const learnt = new Map<string, Seen[]>();
  let longest: Seen[] = [];
  for (const call of seen) {
    const body = decodeURIComponent(call.body.replaceAll('+', ' '));
    const asked = [...body.matchAll(MADE_BY_AWS)].map(([id]) => id);
    const named = [...body.matchAll(NAMED)].map(([, parameter = '', name]) => `${KIND[parameter]} ${name}`);
    const before = [...asked, ...named].map((id) => learnt.get(id) ?? []);
    const chain = [...before.reduce((a, b) => (b.length > a.length ? b : a), []), call];
    if (chain.length > longest.length) longest = chain;
    const answered = [...call.answer.matchAll(MADE_BY_AWS)].map(([id]) => id);
    const names = answered.flatMap((id) => {
      const [, kind, name] = NAME_IN_ARN.exec(id) ?? [];
      return kind && name ? [`${kind} ${name}`] : [];
    });
    const versions = [...call.answer.matchAll(/<DefaultVersionId>(v\d+)/g)].map(([, version]) => `version ${version}`);
    for (const id of [...answered, ...names, ...versions]) {
      const earlier = learnt.get(id);
      if (!earlier || earlier.length > chain.length) learnt.set(id, chain);
    }
  }
  return longest;
}
