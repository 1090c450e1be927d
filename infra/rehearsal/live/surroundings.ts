import { EC2, type IpPermission, type SecurityGroup } from '@aws-sdk/client-ec2';
import { ECS, type Service } from '@aws-sdk/client-ecs';
import {
  ElasticLoadBalancingV2,
  type Listener,
  type LoadBalancer,
  type Rule,
  type TargetGroup,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { type DBCluster, RDS } from '@aws-sdk/client-rds';
import type { Context } from '../resource-type.ts';
import type { DefaultRoute, GroupRule, Groups } from './reachability.ts';

/** A listener with its rules and its load balancer. */
export interface Front {
  listener: Listener;
  rules: Rule[];
  loadBalancer: LoadBalancer;
}

/** A target group, and how long it goes on serving what it is to let go (seconds). */
export interface TargetGroupAround extends TargetGroup {
  deregistrationDelay: number;
}

/** A database cluster that can be connected to. */
export interface ClusterAround {
  cluster: DBCluster;
  forcesTls: boolean;
}

const parts = ['ec2', 'ecs', 'elasticloadbalancing', 'rds'];

/** What AWS (moto) holds of all that the running parts depend on. Each part is read anew when its service changed. */
export class Surroundings {
  readonly #client: Context['client'];
  #stale = new Set<string>(parts);
  services: Service[] = [];
  fronts: Front[] = [];
  targetGroups = new Map<string, TargetGroupAround>();
  databases: ClusterAround[] = [];
  groups: Groups = new Map();
  subnets = new Map<string, { cidr: string; route: DefaultRoute }>();

  constructor(client: Context['client']) {
    this.#client = client;
  }

  /** Says that something of an AWS service changed; tells whether that matters here. */
  changed(service: string): boolean {
    if (!parts.includes(service)) return false;
    this.#stale.add(service);
    return true;
  }

  /** Reads everything anew the next time; until then there is nothing. */
  forget(): void {
    this.#stale = new Set(parts);
    this.services = [];
    this.fronts = [];
  }

  /**
   * Reads what changed since the last time; true where anything did.
   *
   * @throws Error where something went away while it was looked at; the next time reads again
   */
  async refresh(): Promise<boolean> {
    const stale = this.#stale;
    this.#stale = new Set();
    try {
      if (stale.has('ec2')) await this.#readNetwork();
      if (stale.has('ecs')) await this.#readServices();
      if (stale.has('elasticloadbalancing')) await this.#readLoadBalancers();
      if (stale.has('rds')) await this.#readDatabases();
    } catch (error) {
      this.#stale = new Set([...stale, ...this.#stale]);
      throw error;
    }
    return stale.size > 0;
  }

  async #readNetwork(): Promise<void> {
    const ec2 = this.#client(EC2);
    const [{ SecurityGroups = [] }, { Subnets = [] }, { RouteTables = [] }] = await Promise.all([
      ec2.describeSecurityGroups({}),
      ec2.describeSubnets({}),
      ec2.describeRouteTables({}),
    ]);
    this.groups = new Map(SecurityGroups.map((group) => [group.GroupId ?? '', rulesOf(group)]));
    this.subnets = new Map(
      Subnets.map(({ SubnetId = '', VpcId, CidrBlock = '' }) => {
        const table =
          RouteTables.find(({ Associations = [] }) => Associations.some((each) => each.SubnetId === SubnetId)) ??
          RouteTables.find(
            (each) => each.VpcId === VpcId && (each.Associations ?? []).some(({ Main }) => Main === true),
          );
        const route = table?.Routes?.find(({ DestinationCidrBlock }) => DestinationCidrBlock === '0.0.0.0/0');
        const target = route?.State === 'blackhole' ? null : (route?.NatGatewayId ?? route?.GatewayId ?? null);
        return [SubnetId, { cidr: CidrBlock, route: { target: target || null } }];
      }),
    );
  }

  async #readServices(): Promise<void> {
    const ecs = this.#client(ECS);
    const { clusterArns = [] } = await ecs.listClusters({});
    const found: Service[] = [];
    for (const cluster of clusterArns) {
      const { serviceArns = [] } = await ecs.listServices({ cluster });
      for (let i = 0; i < serviceArns.length; i += 10) {
        const { services = [] } = await ecs.describeServices({ cluster, services: serviceArns.slice(i, i + 10) });
        found.push(...services.filter(({ status }) => status === 'ACTIVE'));
      }
    }
    this.services = found;
  }

  async #readLoadBalancers(): Promise<void> {
    const elb = this.#client(ElasticLoadBalancingV2);
    const [{ LoadBalancers = [] }, { TargetGroups = [] }] = await Promise.all([
      elb.describeLoadBalancers({}),
      elb.describeTargetGroups({}),
    ]);
    const fronts: Front[] = [];
    for (const loadBalancer of LoadBalancers) {
      const { Listeners = [] } = await elb.describeListeners({ LoadBalancerArn: loadBalancer.LoadBalancerArn });
      for (const listener of Listeners) {
        const { Rules = [] } = await elb.describeRules({ ListenerArn: listener.ListenerArn });
        fronts.push({ listener, rules: Rules, loadBalancer });
      }
    }
    this.fronts = fronts;
    const groups = TargetGroups.map(async (group): Promise<[string, TargetGroupAround]> => {
      const { TargetGroupArn = '' } = group;
      const { Attributes = [] } = await elb.describeTargetGroupAttributes({ TargetGroupArn });
      const delay = Attributes.find(({ Key }) => Key === 'deregistration_delay.timeout_seconds')?.Value;
      return [TargetGroupArn, { ...group, deregistrationDelay: Number(delay ?? 300) }];
    });
    this.targetGroups = new Map(await Promise.all(groups));
  }

  async #readDatabases(): Promise<void> {
    const rds = this.#client(RDS);
    const { DBClusters = [] } = await rds.describeDBClusters({});
    this.databases = await Promise.all(
      DBClusters.map(async (cluster) => ({ cluster, forcesTls: await this.#forcesTls(rds, cluster) })),
    );
  }

  async #forcesTls(rds: RDS, { DBClusterParameterGroup: name, EngineVersion = '' }: DBCluster): Promise<boolean> {
    // From 17 on it is the default: https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraPostgreSQL.Security.html
    const byDefault = Number.parseInt(EngineVersion, 10) >= 17;
    if (!name || name.startsWith('default.')) return byDefault;
    const { Parameters = [] } = await rds.describeDBClusterParameters({ DBClusterParameterGroupName: name });
    const found = Parameters.find(({ ParameterName }) => ParameterName === 'rds.force_ssl');
    return found?.ParameterValue === undefined ? byDefault : found.ParameterValue === '1';
  }
}

function rulesOf({ IpPermissions = [], IpPermissionsEgress = [] }: SecurityGroup) {
  return { in: IpPermissions.flatMap(apart), out: IpPermissionsEgress.flatMap(apart) };
}

/** One rule per far side. */
function apart({ IpProtocol = '-1', FromPort, ToPort, ...peers }: IpPermission): GroupRule[] {
  const ports: GroupRule['ports'] = FromPort === undefined || FromPort === -1 ? null : [FromPort, ToPort ?? FromPort];
  const sides: GroupRule['peer'][] = [
    ...(peers.IpRanges ?? []).map(({ CidrIp = '' }) => ({ kind: 'cidr' as const, cidr: CidrIp })),
    ...(peers.UserIdGroupPairs ?? []).map(({ GroupId = '' }) => ({ kind: 'group' as const, id: GroupId })),
    ...(peers.PrefixListIds ?? []).map(({ PrefixListId = '' }) => ({ kind: 'prefix-list' as const, id: PrefixListId })),
  ];
  return sides.map((peer) => ({ protocol: IpProtocol, ports, peer }));
}
