/**
 * The facts of the plan: names, addresses, ports, paths and sizes of the environment that the workbook builds.
 * The constructs build from it, and the tests hold the checks and the numbers that the chapters print equal to it.
 * What a learner may change is not here but in `parameters.ts`.
 */
export const blueprint = {
  /** Every name begins with it, and the stack is called by it. */
  project: 'blog-aws-practice',
  network: {
    vpc: '10.0.0.0/16',
    /** One per availability zone, in their order; for the load balancer and the NAT gateway. */
    publicSubnets: ['10.0.1.0/24', '10.0.2.0/24'],
    /** One per availability zone, in their order; for the tasks and the database. */
    privateSubnets: ['10.0.11.0/24', '10.0.12.0/24'],
    natGateways: 1,
    /** The size of the instance that may stand in for the NAT gateway. */
    natInstance: 't4g.nano',
    /** One shared by the public subnets, one for each private subnet; the VPC's main table is not among them. */
    routeTables: 3,
  },
  ports: { http: 80, https: 443, server: 4000, database: 5432 },
  paths: { health: '/health', graphql: '/graphql' },
  /** The same major version runs on the learner's machine (embedded, or by docker compose). */
  database: { name: 'blogdb', user: 'bloguser', version: '17.9', backupDays: 7, instances: 1 },
  /** Fargate's units: 1024 CPU units are 1 vCPU, memory in MiB. */
  task: { cpu: 256, memory: 512, container: 'blog-aws-practice-server' },
  scaling: { min: 1, max: 4 },
  /** Minutes that the old version stays beside the new one after the switch, ready to take over again. */
  release: { bakeMinutes: 5 },
  /** What the public environment has at least: a task in each zone. */
  production: { minTasks: 2 },
  /** When the environment works, where it only has to on weekdays. */
  workingHours: { from: 9, to: 18, days: 'MON-FRI', timeZone: 'Asia/Tokyo' },
  /** When the alarms ring. The latency is the slowest 5 % of a minute, in seconds; CPU in percent; 5xx by 5 minutes. */
  alarms: { serverErrors: 5, latencySeconds: 1, cpuPercent: 80 },
} as const;

/** Names of the plan's resources, e.g. `blog-aws-practice-cluster`; with a prefix `tanaka-blog-aws-practice-cluster`. */
export function names(prefix: string) {
  const project = prefix === '' ? blueprint.project : `${prefix}-${blueprint.project}`;
  return {
    stack: project,
    alerts: `${project}-alerts`,
    budget: `${project}-monthly`,
    trail: `${project}-trail`,
    vpc: `${project}-vpc`,
    internetGateway: `${project}-igw`,
    natGateway: `${project}-nat`,
    natInstance: `${project}-nat-instance`,
    publicSubnet: (zone: string) => `${project}-public-${zone}`,
    privateSubnet: (zone: string) => `${project}-private-${zone}`,
    publicRouteTable: `${project}-public`,
    privateRouteTable: (zone: string) => `${project}-private-${zone}`,
    securityGroup: (part: 'alb' | 'ecs' | 'rds') => `${project}-${part}`,
    databaseCluster: `${project}-db`,
    databaseInstance: `${project}-db-1`,
    secret: `${project}-secret`,
    repository: `${project}-server`,
    loadBalancer: `${project}-alb`,
    targetGroup: `${project}-tg`,
    cluster: `${project}-cluster`,
    service: `${project}-service`,
    taskDefinition: `${project}-task`,
    executionRole: `${project}-task-execution-role`,
    taskRole: `${project}-task-task-role`,
    logGroup: `/ecs/${project}-server`,
    deployRole: `${project}-deploy`,
    /** The group beside `targetGroup`; releases go into the two by turns. */
    alternateTargetGroup: `${project}-tg-2`,
    infrastructureRole: `${project}-ecs-infrastructure`,
    releaseAlarm: (sign: 'errors' | 'latency') => `${project}-release-${sign}`,
    pauseSchedules: `${project}-pause`,
    pauseRole: `${project}-pause-role`,
    instructorRole: `${project}-instructor`,
    flowLogGroup: `/vpc/${project}-flow-logs`,
    dashboard: project,
    alarm: (about: string) => `${project}-${about}`,
    savedQuery: (about: string) => `${project}/${about}`,
  };
}
