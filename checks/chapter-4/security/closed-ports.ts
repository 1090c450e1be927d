import { defineCheck, type Judgement } from '../../check.ts';
import { apiAddress } from '../../find/api-address.ts';
import { databaseClusters } from '../../find/database-clusters.ts';
import { publicAddresses } from '../../find/public-addresses.ts';
import type { Reached } from '../../ports/tcp.ts';

const SERVER = 4000;
const DATABASE = 5432;

interface Knock {
  /** E.g. `api.example.com の 4000番`. */
  place: string;
  reached: Reached;
}

/** Null where the API is on this machine (the rehearsal): AWS's addresses are made up there, and a stranger's door. */
type Facts = Knock[] | null;

export default defineCheck({
  title: 'データベースとタスクのポートは、外から届かない',
  why: '入口は HTTPS の443番だけです。4000番や5432番に外から届くなら、ロードバランサーも TLS も、素通りされています。',
  needs: [
    'chapter-4/frontend-env/address',
    'chapter-2/database/not-public',
    'chapter-2/security-groups/ecs-inbound',
    'chapter-2/security-groups/rds-inbound',
  ],
  read: async (world): Promise<Facts> => {
    const [address, clusters, known] = await Promise.all([
      apiAddress(world),
      databaseClusters(world),
      publicAddresses(world),
    ]);
    const host = URL.parse(address?.url ?? '')?.hostname;
    if (!host || /^(localhost|127\.0\.0\.1|\[::1\])$/.test(host)) return null;
    const doors = [
      [host, SERVER],
      [host, DATABASE],
      ...known.flatMap(({ address: one }) => [
        [one, SERVER],
        [one, DATABASE],
      ]),
      ...clusters.flatMap(({ properties: { endpoint, port, instances } }) =>
        [endpoint, ...instances.map((one) => one.address)].map((name) => [name, port]),
      ),
    ] as [string, number][];
    return Promise.all(
      doors.map(async ([name, port]) => ({
        place: `${name} の ${port}番`,
        reached: await world.tcp.connect(name, port),
      })),
    );
  },
  judge: (knocks): Judgement => {
    if (!knocks) {
      return {
        status: 'pass',
        evidence:
          'セキュリティグループと配置では、外から届きません（リハーサルの住所は作りものなので、ノックはしていません）。',
      };
    }
    const open = knocks.filter(({ reached }) => reached === 'open');
    if (open.length > 0) {
      return {
        status: 'fail',
        evidence: `${open.map(({ place }) => place).join('、')}に、インターネットからつながりました。`,
        expected: '返事がない',
      };
    }
    return { status: 'pass', evidence: `${knocks.length}か所をノックして、どこも開きませんでした。` };
  },
  fix: {
    console:
      '「EC2」>「セキュリティグループ」で、4000番は ALB のグループから、5432番は ECS のグループからだけにします。データベースの「パブリックアクセス」は「なし」にします。',
    cli: 'aws ec2 describe-security-groups --filters Name=ip-permission.cidr,Values=0.0.0.0/0',
    cdk: 'infra/constructs/security-groups.ts です。',
  },
  console: 'ec2/home#SecurityGroups:',
  doc: 'chapters/chapter-4/05-security.md#閉じたポート',
});
