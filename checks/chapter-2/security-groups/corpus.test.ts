import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Judged, judge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';
import { addGroup, buildGroups, close, type Groups, letIn } from '../../corpus/security-groups.ts';

// The right groups, built by plain calls with names that say nothing, then one mistake at a time.

interface Scene {
  ec2: EC2;
  vpc: string;
  groups: Groups;
}

interface Case {
  name: string;
  /** What is done to the right groups; gives what the message has to name. */
  make?: (scene: Scene) => Promise<string[] | undefined>;
}

interface Mistake extends Case {
  caught: string;
}

const everything = { IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] };

const mistakes: Mistake[] = [
  {
    name: 'データベース用を作っていない',
    caught: 'groups',
    make: async ({ ec2, groups }) => {
      await ec2.deleteSecurityGroup({ GroupId: groups.rds });
      return ['データベース（RDS）用', groups.alb, groups.ecs];
    },
  },
  {
    name: 'タスク用とデータベース用を1つのグループで兼ねた',
    caught: 'groups',
    make: async ({ ec2, groups }) => {
      await ec2.deleteSecurityGroup({ GroupId: groups.rds });
      await letIn(ec2, groups.ecs, 5432, groups.alb);
      return [groups.ecs, '兼ねています'];
    },
  },
  {
    name: 'データベース用をデフォルト VPC に作った',
    caught: 'groups',
    make: async ({ ec2, groups }) => {
      await ec2.deleteSecurityGroup({ GroupId: groups.rds });
      const { Vpcs = [] } = await ec2.describeVpcs({ Filters: [{ Name: 'is-default', Values: ['true'] }] });
      const standard = Vpcs[0]?.VpcId ?? '';
      const abroad = await addGroup(ec2, standard, 'db-sg');
      await letIn(ec2, abroad, 5432, '0.0.0.0/0');
      return [abroad, standard];
    },
  },
  {
    name: 'データベース用に、まだルールがない',
    caught: 'groups',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.rds);
      return [groups.rds, 'インバウンドルールがありません'];
    },
  },
  {
    name: '443 を開けていない',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.alb);
      await letIn(ec2, groups.alb, 80, '0.0.0.0/0');
      return [groups.alb, 'TCP 443'];
    },
  },
  {
    name: '80 を開けていない',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.alb);
      await letIn(ec2, groups.alb, 443, '0.0.0.0/0');
      return [groups.alb, 'TCP 80'];
    },
  },
  {
    name: 'ロードバランサーを自分の IP だけに開けた',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.alb);
      await letIn(ec2, groups.alb, 80, '203.0.113.7/32');
      await letIn(ec2, groups.alb, 443, '203.0.113.7/32');
      return [groups.alb, '203.0.113.7/32'];
    },
  },
  {
    name: 'ロードバランサーに SSH も開けた',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.alb, 22, '0.0.0.0/0');
      return [groups.alb, 'TCP 22 ← 0.0.0.0/0'];
    },
  },
  {
    name: 'ロードバランサーをすべてのポートに開けた',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await ec2.authorizeSecurityGroupIngress({ GroupId: groups.alb, IpPermissions: [everything] });
      return [groups.alb, 'すべてのトラフィック ← 0.0.0.0/0'];
    },
  },
  {
    name: 'ロードバランサーに 4000 を開けた',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.alb, 4000, '0.0.0.0/0');
      return [groups.alb, 'TCP 4000 ← 0.0.0.0/0'];
    },
  },
  {
    name: 'CloudFront の道なのに、80 を全員にも開けた',
    caught: 'alb-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.alb);
      await letIn(ec2, groups.alb, 80, 'pl-58a04531');
      await letIn(ec2, groups.alb, 80, '0.0.0.0/0');
      return [groups.alb, 'TCP 80 ← 0.0.0.0/0'];
    },
  },
  {
    name: 'タスクを VPC 全体の CIDR に開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await letIn(ec2, groups.ecs, 4000, '10.0.0.0/16');
      return [groups.ecs, '10.0.0.0/16', groups.alb];
    },
  },
  {
    name: '正しいルールの隣で、タスクを全員に開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.ecs, 4000, '0.0.0.0/0');
      return [groups.ecs, 'TCP 4000 ← 0.0.0.0/0'];
    },
  },
  {
    name: '正しいルールの隣で、タスクを IPv6 の全員に開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.ecs, 4000, '::/0');
      return [groups.ecs, 'TCP 4000 ← ::/0'];
    },
  },
  {
    name: '正しいルールの隣で、タスクをプレフィックスリストに開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.ecs, 4000, 'pl-58a04531');
      return [groups.ecs, 'pl-58a04531'];
    },
  },
  {
    name: 'タスクの 4000 を、ロードバランサーからのすべてのポートに広げた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await ec2.authorizeSecurityGroupIngress({
        GroupId: groups.ecs,
        IpPermissions: [{ IpProtocol: '-1', UserIdGroupPairs: [{ GroupId: groups.alb }] }],
      });
      return [groups.ecs, 'すべてのトラフィック'];
    },
  },
  {
    name: 'タスクの 4000 が自分自身を参照している',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await letIn(ec2, groups.ecs, 4000, groups.ecs);
      return [groups.ecs, '自分自身'];
    },
  },
  {
    name: 'タスクに 4000 でなく 80 を開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await letIn(ec2, groups.ecs, 80, groups.alb);
      return [groups.ecs, 'TCP 80', '4000 番'];
    },
  },
  {
    name: 'タスクに 3000 を開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await letIn(ec2, groups.ecs, 3000, groups.alb);
      return [groups.ecs, 'TCP 3000'];
    },
  },
  {
    name: 'タスクの相手が、データベース用のグループになっている',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.ecs);
      await letIn(ec2, groups.ecs, 4000, groups.rds);
      return [groups.ecs, groups.rds];
    },
  },
  {
    name: 'タスクに SSH を開けた',
    caught: 'ecs-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.ecs, 22, '203.0.113.7/32');
      return [groups.ecs, 'TCP 22 ← 203.0.113.7/32'];
    },
  },
  {
    name: 'データベースを全員に開けた',
    caught: 'rds-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.rds);
      await letIn(ec2, groups.rds, 5432, '0.0.0.0/0');
      return [groups.rds, 'TCP 5432 ← 0.0.0.0/0'];
    },
  },
  {
    name: '正しいルールの隣で、データベースを自分の IP に開けた',
    caught: 'rds-inbound',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.rds, 5432, '203.0.113.7/32');
      return [groups.rds, 'TCP 5432 ← 203.0.113.7/32'];
    },
  },
  {
    name: 'データベースに MySQL の 3306 を開けた',
    caught: 'rds-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.rds);
      await letIn(ec2, groups.rds, 3306, groups.ecs);
      return [groups.rds, 'TCP 3306', '5432 番'];
    },
  },
  {
    name: 'データベースの相手が、ロードバランサー用のグループになっている',
    caught: 'rds-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.rds);
      await letIn(ec2, groups.rds, 5432, groups.alb);
      return [groups.rds, groups.alb];
    },
  },
  {
    name: 'データベースをプライベートサブネットの CIDR に開けた',
    caught: 'rds-inbound',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.rds);
      await letIn(ec2, groups.rds, 5432, '10.0.11.0/24');
      return [groups.rds, '10.0.11.0/24', groups.ecs];
    },
  },
  {
    name: 'タスクのアウトバウンドルールを消した',
    caught: 'outbound',
    make: async ({ ec2, groups }) => {
      await ec2.revokeSecurityGroupEgress({ GroupId: groups.ecs, IpPermissions: [everything] });
      return [groups.ecs, '5432', '443'];
    },
  },
  {
    name: 'ロードバランサーのアウトバウンドルールを消した',
    caught: 'outbound',
    make: async ({ ec2, groups }) => {
      await ec2.revokeSecurityGroupEgress({ GroupId: groups.alb, IpPermissions: [everything] });
      return [groups.alb, '4000'];
    },
  },
  {
    name: 'タスクの送り出しを、データベースだけに絞った',
    caught: 'outbound',
    make: async ({ ec2, groups }) => {
      await ec2.revokeSecurityGroupEgress({ GroupId: groups.ecs, IpPermissions: [everything] });
      await letOut(ec2, groups.ecs, 5432, groups.rds);
      return [groups.ecs, '443'];
    },
  },
];

const rightBuilds: Case[] = [
  { name: '計画どおり（何も語らない名前）' },
  {
    name: 'IPv6 の訪問者も受け入れる',
    make: async ({ ec2, groups }) => {
      await letIn(ec2, groups.alb, 80, '::/0');
      await letIn(ec2, groups.alb, 443, '::/0');
      return undefined;
    },
  },
  {
    name: 'ドメインなしの道（CloudFront だけを受け入れる）',
    make: async ({ ec2, groups }) => {
      await close(ec2, groups.alb);
      await letIn(ec2, groups.alb, 80, 'pl-58a04531');
      return undefined;
    },
  },
  {
    name: '送り出しを、正しく絞っている',
    make: async ({ ec2, groups }) => {
      for (const GroupId of Object.values(groups)) {
        await ec2.revokeSecurityGroupEgress({ GroupId, IpPermissions: [everything] });
      }
      await letOut(ec2, groups.alb, 4000, groups.ecs);
      await letOut(ec2, groups.ecs, 5432, groups.rds);
      await letOut(ec2, groups.ecs, 443, '0.0.0.0/0');
      return undefined;
    },
  },
  {
    name: '関係のないグループが隣にある',
    make: async ({ ec2, vpc }) => {
      await letIn(ec2, await addGroup(ec2, vpc, 'bastion'), 22, '203.0.113.7/32');
      await addGroup(ec2, vpc, 'app-db-alb');
      return undefined;
    },
  },
  {
    name: '隣の VPC に、他の人の同じ3つがある',
    make: async ({ ec2 }) => {
      const { Vpc } = await ec2.createVpc({ CidrBlock: '10.9.0.0/16' });
      await buildGroups(ec2, Vpc?.VpcId ?? '');
      return undefined;
    },
  },
];

const played = sampled(mistakes);
const judgedBuilds = sampledBuilds(rightBuilds);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  const table: string[] = [];

  test.each(played)('$name → $caught', async (mistake) => {
    const { judged, names } = await play(mistake);
    const alarms = [...judged.results].filter(([, { status }]) => status !== 'pass' && status !== 'blocked');
    expect(alarms.map(([id, { status }]) => [id, status])).toEqual([[mistake.caught, 'fail']]);
    const said = judged.results.get(mistake.caught);
    for (const word of names) expect(said?.evidence).toContain(word);
    expect(said?.cli).not.toBe('');
    table.push(`✓ ${mistake.name} → ${mistake.caught}`);
  });

  afterAll(() => {
    console.log(`${table.join('\n')}\n間違い: ${table.length}/${played.length} を名指し`);
  });
});

describe('a right build passes whole', () => {
  let passed = 0;

  test.each(judgedBuilds)('$name', async (build) => {
    const { results } = (await play(build)).judged;
    expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
    expect(results.size).toBeGreaterThan(4);
    passed += 1;
  });

  afterAll(() => {
    console.log(`正しい構成: ${passed}/${judgedBuilds.length} が合格（誤報 ${judgedBuilds.length - passed}）`);
  });
});

test('half-way through, the parts that are missing are named, and nothing is blamed', async () => {
  const { judged } = await play({
    name: 'only the first',
    make: async ({ ec2, groups }) => {
      await ec2.deleteSecurityGroup({ GroupId: groups.rds });
      await ec2.deleteSecurityGroup({ GroupId: groups.ecs });
      return undefined;
    },
  });
  expect(judged.results.get('groups')).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('タスク（ECS）用とデータベース（RDS）用'),
  });
  expect([...judged.results].filter(([, { status }]) => status === 'fail')).toHaveLength(1);
});

/** Builds, spoils, judges; gives the verdicts and what the message has to name. */
async function play(scenario: Case): Promise<{ judged: Judged; names: string[] }> {
  const credentials = await moto.account();
  const ec2 = new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  try {
    const vpc = (await ec2.createVpc({ CidrBlock: '10.0.0.0/16' })).Vpc?.VpcId ?? '';
    const groups = await buildGroups(ec2, vpc);
    const names = (await scenario.make?.({ ec2, vpc, groups })) ?? [];
    expect(names).not.toContain('');
    return { judged: await judge('chapter-2/security-groups', { endpoint: moto.endpoint, credentials }), names };
  } finally {
    ec2.destroy();
  }
}

/** Lets TCP traffic to a port out: to a group or a range. */
async function letOut(ec2: EC2, GroupId: string, port: number, to: string): Promise<void> {
  const peer = to.startsWith('sg-') ? { UserIdGroupPairs: [{ GroupId: to }] } : { IpRanges: [{ CidrIp: to }] };
  await ec2.authorizeSecurityGroupEgress({
    GroupId,
    IpPermissions: [{ IpProtocol: 'tcp', FromPort: port, ToPort: port, ...peer }],
  });
}
