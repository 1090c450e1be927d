import { defineCheck } from '../../check.ts';
import { database } from '../../find/database-clusters.ts';
import { subnetGroups } from '../../find/subnet-groups.ts';
import { PUBLIC_CIDRS, subnets } from '../../find/subnets.ts';
import { vpcId } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'DB サブネットグループが、2つのプライベートサブネットだけを含んでいる',
  why: 'データベースは、サブネットグループのどれかのサブネットに置かれます。パブリックサブネットが混ざっていると、外に面した場所に置かれることがあります。',
  needs: ['chapter-2/network/subnets'],
  read: async (world) => {
    const [vpc, all, groups, cluster] = await Promise.all([
      vpcId(world),
      subnets(world),
      subnetGroups(world),
      database(world),
    ]);
    const here = groups.filter(({ properties }) => properties.vpc === vpc);
    const used = here.find(({ id }) => id === cluster?.properties.subnetGroup);
    return { vpc, all, groups: used ? [used] : here };
  },
  judge: ({ vpc, all, groups }) => {
    const judged = groups.map((group) => {
      const members = all.filter(({ id }) => group.properties.subnets.includes(id));
      const open = members.filter(({ properties }) => PUBLIC_CIDRS.includes(properties.cidr));
      const zones = new Set(members.filter((one) => !open.includes(one)).map(({ properties }) => properties.zone));
      return { group, members, open, right: open.length === 0 && zones.size >= 2 };
    });
    const right = judged.find((one) => one.right);
    if (right) {
      const cidrs = right.members.map(({ properties }) => properties.cidr).join('、');
      return { status: 'pass', evidence: `${right.group.id}（${cidrs}）`, resources: [right.group] };
    }
    const [first] = judged;
    if (!first) return { status: 'fail', evidence: `VPC ${vpc} に、DB サブネットグループがありません。` };
    const inWords = first.members.map(({ id, properties }) => `${properties.cidr}（${id}）`).join('、');
    const evidence =
      first.open.length > 0
        ? `DB サブネットグループ ${first.group.id} に、パブリックサブネット ${first.open.map(({ id, properties }) => `${properties.cidr}（${id}）`).join('、')}が入っています。`
        : `DB サブネットグループ ${first.group.id} のサブネットは ${inWords}だけで、2つのゾーンにまたがっていません。`;
    const privates = all.filter(({ properties }) => ['10.0.11.0/24', '10.0.12.0/24'].includes(properties.cidr));
    return {
      status: 'fail',
      evidence,
      resources: [first.group, ...first.open],
      fix: {
        cli: `aws rds modify-db-subnet-group --db-subnet-group-name ${first.group.id} --subnet-ids ${privates.map(({ id }) => id).join(' ')}`,
      },
    };
  },
  fix: {
    console:
      '「RDS」>「サブネットグループ」>「DB サブネットグループを作成」で自分の VPC を選び、10.0.11.0/24 と 10.0.12.0/24 だけを追加します。',
    cli: 'aws rds create-db-subnet-group --db-subnet-group-name blog-aws-practice-db --db-subnet-group-description "Private subnets" --subnet-ids <10.0.11.0/24 の ID> <10.0.12.0/24 の ID>',
    cdk: 'pnpm solve chapter-2 database（infra/constructs/database.ts の vpcSubnets）',
  },
  console: 'rds/home#db-subnet-groups-list:',
  doc: 'chapters/chapter-2/03-database.md#サブネットグループ',
});
