import type {
  Action as AwsAction,
  Listener as AwsListener,
  Rule as AwsRule,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { type LoadBalancer, loadBalancers, mainLoadBalancer } from './load-balancers.ts';
import { type Stack, workbookStack } from './stack.ts';

/** What a listener or rule does with a request. */
export type Action =
  | { kind: 'forward'; targetGroups: { arn: string; weight: number }[] }
  /** `#{…}` stands for what the request itself had, e.g. port `#{port}`. */
  | { kind: 'redirect'; protocol: string; host: string; port: string; path: string; code: string }
  | { kind: 'answer'; status: string }
  | { kind: 'authenticate' };

export interface ListenerRule {
  priority: string;
  /** Kind and values of its conditions, e.g. `path-pattern: /*`; a header's value is left out, as it may be a password. */
  conditions: string[];
  actions: Action[];
}

export interface Listener {
  port: number;
  protocol: string;
  /** ARN of its own certificate; null without one. */
  certificate: string | null;
  /** Name of its security policy, e.g. `ELBSecurityPolicy-TLS13-1-2-2021-06`. */
  tlsPolicy: string | null;
  /** What it does with a request that no rule takes. */
  actions: Action[];
  /** The rules in the order of their priority, without the default one. */
  rules: ListenerRule[];
}

/** The listeners of the environment's main load balancer, with their rules, in the order of their ports. */
export async function listeners(world: World): Promise<Resource<Listener>[]> {
  const loadBalancer = mainLoadBalancer(await loadBalancers(world));
  return loadBalancer ? listenersOf(world, loadBalancer) : [];
}

async function listenersOf(world: World, { arn }: Resource<LoadBalancer>): Promise<Resource<Listener>[]> {
  const [{ Listeners = [] }, stack] = await Promise.all([
    world.aws.elbv2.describeListeners({ LoadBalancerArn: arn ?? undefined }),
    workbookStack(world),
  ]);
  const all = await Promise.all(
    Listeners.map(async (listener) => {
      const { Rules = [] } = await world.aws.elbv2.describeRules({ ListenerArn: listener.ListenerArn });
      return resource(listener, Rules, stack);
    }),
  );
  return all.toSorted((a, b) => a.properties.port - b.properties.port);
}

/** ARNs of the target groups that get any of a listener's requests, whether by a rule or by default. */
export function forwardsTo({ properties: { actions, rules } }: Resource<Listener>): string[] {
  const all = [...rules.flatMap((rule) => rule.actions), ...actions];
  return all.flatMap((action) => (action.kind === 'forward' ? action.targetGroups.map(({ arn }) => arn) : []));
}

function resource(listener: AwsListener, rules: AwsRule[], stack: Stack): Resource<Listener> {
  const actions = (listener.DefaultActions ?? []).map(actionOf);
  const { port, protocol } = { port: listener.Port ?? 0, protocol: listener.Protocol ?? '' };
  const certificate = listener.Certificates?.[0]?.CertificateArn ?? null;
  const properties: Listener = {
    port,
    protocol,
    certificate,
    tlsPolicy: listener.SslPolicy ?? null,
    actions,
    rules: rules
      .filter(({ IsDefault }) => IsDefault !== true)
      .toSorted((a, b) => Number(a.Priority) - Number(b.Priority))
      .map(ruleOf),
  };
  const one: Resource<Listener> = {
    type: 'AWS::ElasticLoadBalancingV2::Listener',
    id: `${protocol}:${port}`,
    arn: listener.ListenerArn ?? null,
    name: null,
    parent: listener.LoadBalancerArn?.split('/').at(-2) ?? null,
    relations: certificate ? { certificate: [certificate] } : {},
    origin: stack.origin(listener.ListenerArn),
    properties,
  };
  one.relations.targetGroup = forwardsTo(one);
  return one;
}

function ruleOf({ Priority = '', Conditions = [], Actions = [] }: AwsRule): ListenerRule {
  return {
    priority: Priority,
    conditions: Conditions.map(({ Field = '', Values, HttpHeaderConfig, ...rest }) => {
      if (HttpHeaderConfig) return `${Field}: ${HttpHeaderConfig.HttpHeaderName}`;
      const values =
        rest.PathPatternConfig?.Values ?? rest.HostHeaderConfig?.Values ?? rest.SourceIpConfig?.Values ?? Values ?? [];
      return `${Field}: ${values.join(', ')}`;
    }),
    actions: Actions.map(actionOf),
  };
}

function actionOf({ Type, ForwardConfig, TargetGroupArn, RedirectConfig, FixedResponseConfig }: AwsAction): Action {
  switch (Type) {
    case 'forward': {
      const groups = ForwardConfig?.TargetGroups ?? [{ TargetGroupArn, Weight: 1 }];
      return {
        kind: 'forward',
        targetGroups: groups.map((group) => ({ arn: group.TargetGroupArn ?? '', weight: group.Weight ?? 1 })),
      };
    }
    case 'redirect':
      return {
        kind: 'redirect',
        protocol: RedirectConfig?.Protocol ?? '#{protocol}',
        host: RedirectConfig?.Host ?? '#{host}',
        port: RedirectConfig?.Port ?? '#{port}',
        path: RedirectConfig?.Path ?? '/#{path}',
        code: RedirectConfig?.StatusCode ?? '',
      };
    case 'fixed-response':
      return { kind: 'answer', status: FixedResponseConfig?.StatusCode ?? '' };
    default:
      return { kind: 'authenticate' };
  }
}
