import { CfnOutput } from 'aws-cdk-lib';
import type { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { Database } from '../constructs/database.ts';
import { Edge } from '../constructs/edge.ts';
import { LoadBalancer } from '../constructs/load-balancer.ts';
import { Network } from '../constructs/network.ts';
import { Registry } from '../constructs/registry.ts';
import { Secrets } from '../constructs/secrets.ts';
import { SecurityGroups } from '../constructs/security-groups.ts';
import { Service } from '../constructs/service.ts';
import { TaskDefinition } from '../constructs/task-definition.ts';
import type { Parameters } from '../parameters.ts';

/** What chapter 2 built, for the chapters after it. */
export interface Chapter2 {
  network: Network;
  securityGroups: SecurityGroups;
  database: Database;
  secrets: Secrets;
  registry: Registry;
  loadBalancer: LoadBalancer;
  /** Null with an own domain. */
  edge: Edge | null;
  taskDefinition: TaskDefinition;
  service: Service;
}

/** 第2章 AWSインフラ: adds one part after the other; each `yield` names the step that is complete there. */
export function* chapter2(stack: BlogStack, parameters: Parameters): Generator<string, Chapter2> {
  const named = names(parameters.prefix);
  const network = new Network(stack, 'Network', {
    availabilityZones: stack.zones,
    nat: parameters.nat,
    names: named,
  });
  const { vpc } = network;
  yield 'chapter-2/network';

  const securityGroups = new SecurityGroups(stack, 'SecurityGroups', {
    vpc,
    https: parameters.https,
    cloudFrontPrefixList: parameters.cloudFrontPrefixList,
    names: named,
  });
  yield 'chapter-2/security-groups';

  // The database's password is born in the secret, so the secret comes with the database.
  const secrets = new Secrets(stack, 'Secrets', { names: named });
  const database = new Database(stack, 'Database', {
    vpc,
    securityGroup: securityGroups.rds,
    secret: secrets.secret,
    databaseClass: parameters.database,
    names: named,
  });
  yield 'chapter-2/database';

  const secret = secrets.secret.attach(database.cluster);
  yield 'chapter-2/secrets';

  const registry = new Registry(stack, 'Registry', { names: named });
  yield 'chapter-2/registry';

  const loadBalancer = new LoadBalancer(stack, 'LoadBalancer', {
    vpc,
    securityGroup: securityGroups.alb,
    certificateArn: certificateOf(parameters),
    names: named,
  });
  const edge = parameters.https === 'cloudfront' ? new Edge(stack, 'Edge', loadBalancer) : null;
  new CfnOutput(stack, 'LoadBalancerDnsName', { value: loadBalancer.loadBalancer.loadBalancerDnsName });
  yield 'chapter-2/load-balancer';

  const taskDefinition = new TaskDefinition(stack, 'TaskDefinition', {
    repository: registry.repository,
    image: parameters.image,
    secret,
    corsOrigins: parameters.corsOrigins,
    names: named,
  });
  const service = new Service(stack, 'Service', {
    vpc,
    securityGroup: securityGroups.ecs,
    targetGroup: loadBalancer.targetGroup,
    listener: loadBalancer.listener,
    taskDefinition: taskDefinition.taskDefinition,
    names: named,
  });
  yield 'chapter-2/service';

  yield 'chapter-2';
  return { network, securityGroups, database, secrets, registry, loadBalancer, edge, taskDefinition, service };
}

/** @throws Error in Japanese, where the way with an own domain has no certificate yet. */
function certificateOf({ https, certificateArn }: Parameters): string | null {
  if (https === 'cloudfront') return null;
  if (certificateArn !== '') return certificateArn;
  throw new Error(
    'HTTPS の証明書がまだ指定されていません。独自ドメインで進めるなら発行済みの証明書の ARN を -c certificateArn=arn:aws:acm:… で、ドメインなしで進めるなら -c https=cloudfront を付けてください。',
  );
}
