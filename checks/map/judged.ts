import type { Status } from '../check.ts';
import type { Result } from '../report/report.ts';
import type { Kind, Part } from './part.ts';

/** From the best to the worst. */
const ORDER: Status[] = ['pass', 'blocked', 'unknown', 'pending', 'fail'];

/** What a check is about, by the start of its id, the narrowest first. A step that isn't told here colours nothing. */
const ABOUT: [start: string, kind: Kind, key?: string][] = [
  ['preflight/services/supabase', 'supabase'],
  ['chapter-2/network/vpc', 'vpc'],
  ['chapter-2/network/dns', 'vpc'],
  ['chapter-2/network/internet-gateway', 'internet-gateway'],
  ['chapter-2/network/nat-gateway', 'nat-gateway'],
  ['chapter-2/network/elastic-ip', 'nat-gateway'],
  ['chapter-2/network/', 'subnet'],
  ['chapter-2/security-groups/alb', 'group', 'alb'],
  ['chapter-2/security-groups/ecs', 'group', 'ecs'],
  ['chapter-2/security-groups/rds', 'group', 'rds'],
  ['chapter-2/security-groups/', 'group'],
  ['chapter-2/database/', 'database'],
  ['chapter-2/secrets/', 'secret'],
  ['chapter-2/registry/', 'registry'],
  ['chapter-2/load-balancer/', 'load-balancer'],
  ['chapter-2/service/logs', 'logs'],
  ['chapter-2/service/', 'service'],
  ['chapter-2/audit/flow-logs', 'vpc'],
  ['chapter-2/audit/', 'region'],
  ['chapter-3/deploy-role/', 'region'],
  ['chapter-3/release/rollback', 'registry'],
  ['chapter-3/release/', 'service'],
  ['chapter-4/frontend-env/endpoint', 'worker'],
  ['chapter-4/frontend-env/public-values', 'worker'],
  ['chapter-4/frontend-env/', 'load-balancer'],
  ['chapter-4/cors/', 'service'],
  ['chapter-4/end-to-end/sign-in', 'supabase'],
  ['chapter-4/end-to-end/', 'service'],
  ['chapter-4/performance/', 'service'],
  ['chapter-4/security/closed-ports', 'group'],
  ['chapter-4/security/tls-version', 'load-balancer'],
  ['chapter-4/security/', 'service'],
  ['chapter-4/observability/flow-logs', 'vpc'],
  ['chapter-4/observability/saved-queries', 'logs'],
  ['chapter-4/observability/', 'region'],
  ['chapter-5/cloudflare/', 'worker'],
  ['chapter-5/production/backups', 'database'],
  ['chapter-5/production/deletion-protection', 'database'],
  ['chapter-5/production/alarm-recipients', 'region'],
  ['chapter-5/production/budget', 'region'],
  ['chapter-5/production/', 'service'],
  ['chapter-5/final/sign-in', 'supabase'],
  ['chapter-5/final/', 'worker'],
];

/** What a check colours; null where it is about nothing that is drawn. */
export function about(id: string): { kind: Kind; role: string | null } | null {
  const [, kind, role = null] = ABOUT.find(([start]) => id.startsWith(start)) ?? [];
  return kind ? { kind, role } : null;
}

/** Whether a check colours something of AWS, so that its report is worth a map. */
export function drawsAws(id: string): boolean {
  const what = about(id);
  return what !== null && what.kind !== 'supabase' && what.kind !== 'worker';
}

/**
 * Gives every part what its checks say. A check that names drawn resources is about these; one that names none, or finds
 * something missing, is about all of its kind.
 * @param roles which group has which part in the chain: key by role
 */
export function judged(parts: Part[], results: Result[], roles: Record<string, string>): Part[] {
  const said = new Map<string, Part['said']>();
  for (const { id, title, status, evidence, resources } of results) {
    const what = about(id);
    if (!what) continue;
    const same = parts.filter(({ kind, key }) => kind === what.kind && (!what.role || key === roles[what.role]));
    const named = parts.filter(
      (part) => resources.some((one) => one.id === part.id) && (!what.role || same.includes(part)),
    );
    const coming = status === 'pass' ? [] : same.filter(({ state }) => state === 'coming');
    const meant = named.some(({ kind }) => kind === what.kind) ? new Set([...named, ...coming]) : new Set(same);
    for (const { key } of meant) said.set(key, [...(said.get(key) ?? []), { id, title, status, evidence }]);
  }
  return parts.map((part) => {
    const own = said.get(part.key) ?? [];
    const status = own.map((one) => one.status).toSorted((a, b) => ORDER.indexOf(b) - ORDER.indexOf(a))[0] ?? null;
    // Only the checks that visit it can tell that the page is out there.
    const isOut = own.some(({ id, status: outcome }) => outcome === 'pass' && id.startsWith('chapter-5/cloudflare/'));
    const state = part.kind === 'worker' && isOut ? 'found' : part.state;
    return { ...part, said: own, status, state };
  });
}
