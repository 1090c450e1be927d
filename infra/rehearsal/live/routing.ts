import type {
  Action,
  Listener,
  RedirectActionConfig,
  Rule,
  RuleCondition,
} from '@aws-sdk/client-elastic-load-balancing-v2';

/** What of a request a listener's rules look at. */
export interface Incoming {
  method: string;
  host: string;
  /** Path and query. */
  url: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  sourceIp: string;
}

/** The action of the first rule that fits, by priority, else the listener's own. */
export function actionFor(listener: Listener, rules: readonly Rule[], request: Incoming): Action | undefined {
  const ordered = rules
    .filter(({ IsDefault }) => !IsDefault)
    .toSorted((a, b) => Number(a.Priority) - Number(b.Priority));
  const rule = ordered.find(({ Conditions = [] }) => Conditions.every((condition) => holds(condition, request)));
  const actions = rule?.Actions ?? listener.DefaultActions ?? [];
  return actions.toSorted((a, b) => (a.Order ?? 0) - (b.Order ?? 0)).at(-1);
}

function holds(condition: RuleCondition, { method, host, url, headers, sourceIp }: Incoming): boolean {
  const { pathname, searchParams } = new URL(url, 'http://host');
  const anyOf = (patterns: readonly string[] | undefined, value: string) =>
    (patterns ?? []).some((pattern) => fits(pattern, value));
  switch (condition.Field) {
    case 'path-pattern':
      return anyOf(condition.PathPatternConfig?.Values ?? condition.Values, pathname);
    case 'host-header':
      return anyOf(condition.HostHeaderConfig?.Values ?? condition.Values, host.replace(/:\d+$/, '').toLowerCase());
    case 'http-request-method':
      return (condition.HttpRequestMethodConfig?.Values ?? []).includes(method);
    case 'http-header': {
      const value = headers[(condition.HttpHeaderConfig?.HttpHeaderName ?? '').toLowerCase()];
      return [value ?? []].flat().some((each) => anyOf(condition.HttpHeaderConfig?.Values, each));
    }
    case 'query-string':
      return (condition.QueryStringConfig?.Values ?? []).some(({ Key, Value = '' }) =>
        [...searchParams].some(([key, value]) => (Key === undefined || fits(Key, key)) && fits(Value, value)),
      );
    case 'source-ip':
      return (condition.SourceIpConfig?.Values ?? []).some(
        (range) => range === '0.0.0.0/0' || range === `${sourceIp}/32`,
      );
    default:
      return false;
  }
}

/** A pattern of a load balancer's rule: `*` is any text, `?` one character. */
function fits(pattern: string, value: string): boolean {
  const escaped = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${escaped}$`).test(value);
}

/** The target groups of a forward, each with its share of the requests. */
export function shares(action: Action): { targetGroup: string; weight: number }[] {
  const groups = action.ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0) return action.TargetGroupArn ? [{ targetGroup: action.TargetGroupArn, weight: 1 }] : [];
  return groups.map(({ TargetGroupArn = '', Weight }) => ({ targetGroup: TargetGroupArn, weight: Weight ?? 1 }));
}

/** Where a redirect leads. */
export function redirectTo(action: Action, { host, url }: Incoming, protocol: string, port: number): string {
  const to: Partial<RedirectActionConfig> = action.RedirectConfig ?? {};
  const { pathname, search } = new URL(url, 'http://host');
  const parts: Record<string, string> = {
    protocol: protocol.toLowerCase(),
    host: host.replace(/:\d+$/, ''),
    port: String(port),
    path: pathname.slice(1),
    query: search.slice(1),
  };
  const fill = (text: string) => text.replace(/#\{(\w+)\}/g, (_, name: string) => parts[name] ?? '');
  const scheme = fill(to.Protocol ?? '#{protocol}').toLowerCase();
  const target = `${scheme}://${fill(to.Host ?? '#{host}')}:${fill(to.Port ?? '#{port}')}${fill(to.Path ?? '/#{path}')}`;
  const query = fill(to.Query ?? '#{query}');
  return query ? `${target}?${query}` : target;
}
