import { join } from 'node:path';
import { ACM } from '@aws-sdk/client-acm';
import { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { EC2 } from '@aws-sdk/client-ec2';
import { ECR } from '@aws-sdk/client-ecr';
import { ECS } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { IAM } from '@aws-sdk/client-iam';
import { RDS } from '@aws-sdk/client-rds';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { buildDatabase } from '@blog-aws-practice/checks/corpus/database.ts';
import { type Moto, startMoto } from '@blog-aws-practice/checks/corpus/moto.ts';
import { close, letIn } from '@blog-aws-practice/checks/corpus/security-groups.ts';
import { buildService } from '@blog-aws-practice/checks/corpus/service.ts';
import { worldOf } from '@blog-aws-practice/checks/corpus/world.ts';
import { diagnose } from '@blog-aws-practice/checks/diagnose/diagnose.ts';
import { REQUEST_PATH } from '@blog-aws-practice/checks/diagnose/request-path.ts';
import { discover, load } from '@blog-aws-practice/checks/discover.ts';
import { recordingTape } from '@blog-aws-practice/checks/ports/tape.ts';
import { type Outcome, run } from '@blog-aws-practice/checks/run.ts';
import { explainer } from '@blog-aws-practice/checks/unknown.ts';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { drillNames, loadDrill } from '../commands/drill/discover.ts';
import type { Scene } from '../commands/drill/drill.ts';
import { selfSigned } from '../commands/drill/self-signed.ts';

// Every drill is played on one environment, built by plain calls with other names: broken, diagnosed, taken back.

const names = await drillNames();
const checks = join(import.meta.dirname, '../../checks');

let moto: Moto;
let settings: { endpoint: string; region: string; credentials: Awaited<ReturnType<Moto['account']>> };

beforeAll(async () => {
  moto = await startMoto({ managedPolicies: true });
  settings = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials: await moto.account() };
  const aws = {
    acm: new ACM(settings),
    applicationAutoScaling: new ApplicationAutoScaling(settings),
    ec2: new EC2(settings),
    ecr: new ECR(settings),
    ecs: new ECS(settings),
    elbv2: new ElasticLoadBalancingV2(settings),
    iam: new IAM(settings),
    logs: new CloudWatchLogs(settings),
    secretsManager: new SecretsManager(settings),
  };
  const { network, groups } = await buildDatabase(aws.ec2, new RDS(settings));
  const { group, loadBalancer } = await buildService(aws, network, {
    service: () => ({
      networkConfiguration: {
        awsvpcConfiguration: {
          subnets: network.privateSubnets,
          securityGroups: [groups.ecs],
          assignPublicIp: 'DISABLED',
        },
      },
    }),
  });
  // The load balancer came with a group of its own: the other two of its kind go.
  await close(aws.ec2, groups.ecs);
  await letIn(aws.ec2, groups.ecs, 4000, loadBalancer.group);
  for (const GroupId of [groups.alb, group]) await aws.ec2.deleteSecurityGroup({ GroupId });
  const { CertificateArn } = await aws.acm.importCertificate(await selfSigned(365 * 24 * 3600));
  await aws.elbv2.modifyListener({ ListenerArn: loadBalancer.https, Certificates: [{ CertificateArn }] });
});
afterAll(() => moto.stop());

async function inScene<Result>(work: (scene: Scene) => Promise<Result>): Promise<Result> {
  const { world, close: end } = worldOf(recordingTape(), settings);
  try {
    return await work({ world, client: (Class) => new Class(settings) });
  } finally {
    end();
  }
}

/** What these checks, and those that they need, say now. */
async function outcomes(ids: string[]): Promise<Outcome[]> {
  const book = await discover(checks, join(checks, '../chapters'));
  const loaded = await load(book, ids);
  return inScene(({ world }) => run(loaded, world, explainer(false)));
}

const statuses = (all: Outcome[], ids: string[]) =>
  all
    .filter(({ check }) => ids.includes(check.id))
    .map(({ check, status, evidence }) => [check.id, status, status === 'pass' ? '' : evidence]);

test('there are at least fifteen', () => {
  expect(names.length).toBeGreaterThanOrEqual(15);
});

describe.each(names)('%s', (name) => {
  test('tells a story with three hints that say more and more', async () => {
    const { title, story, hints, caught } = await loadDrill(name);
    expect(title.length).toBeGreaterThan(4);
    expect(story.length).toBeGreaterThan(60);
    expect(hints.every((hint) => hint.length > 15)).toBe(true);
    // The symptom gives the answer away to nobody.
    expect(hints[2]).not.toBe(hints[0]);
    expect(caught.length).toBeGreaterThan(0);
  });

  test('is caught by its check, found by the diagnosis, and taken back, twice without harm', async () => {
    const drill = await loadDrill(name);
    const passes = drill.caught.map((id) => [id, 'pass', '']);
    expect(statuses(await outcomes(drill.caught), drill.caught)).toEqual(passes);

    const undo = await inScene((scene) => drill.prepare(scene));
    const written: unknown = JSON.parse(JSON.stringify(undo));
    // The emulator's dates are whole seconds: what is broken has to be younger than what was there.
    const second = Math.floor(Date.now() / 1000);
    await vi.waitUntil(() => Math.floor(Date.now() / 1000) > second, { timeout: 5_000, interval: 50 });
    await inScene((scene) => drill.break(scene, written));
    expect(statuses(await outcomes(drill.caught), drill.caught).map(([, status]) => status)).toEqual(
      drill.caught.map(() => 'fail'),
    );
    const way = await outcomes([...REQUEST_PATH.flatMap((link) => link.checks), ...drill.caught]);
    const onTheWay = REQUEST_PATH.flatMap((link) => link.checks).find((id) => drill.caught.includes(id));
    if (onTheWay) {
      const { others, broken } = diagnose(way, [], null);
      expect([broken?.result?.id, ...others.map(({ id }) => id)]).toContain(onTheWay);
    }

    await inScene((scene) => drill.restore(scene, written));
    await inScene((scene) => drill.restore(scene, written));
    expect(statuses(await outcomes(drill.caught), drill.caught)).toEqual(passes);
  });
});
