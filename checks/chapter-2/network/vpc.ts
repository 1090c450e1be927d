import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { askForMore, quota } from '../../find/quotas.ts';
import { allVpcs, VPC_CIDR, type Vpc, vpcs } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'VPC 10.0.0.0/16 がある',
  why: 'VPC は、ブログのすべての部品を置く専用の敷地です。住所の範囲（CIDR）が計画と違うと、この後のサブネットの住所がどれも合わなくなります。',
  read: async (world) => {
    const [found, all] = await Promise.all([vpcs(world), allVpcs(world)]);
    const { vpc: chosen, vpcFrom, region } = world.choice;
    const limit = found.length === 0 && all.length > 1 ? await quota(world, 'vpcs') : null;
    return { found, all, chosen: vpcFrom === 'flag' ? chosen : null, region, limit };
  },
  judge: ({ found, all, chosen, region, limit }): Judgement => {
    const [vpc, ...others] = found;
    if (!vpc && !chosen && limit !== null && all.length >= limit) {
      return {
        status: 'pending',
        evidence: `リージョン ${region} の VPC は上限の${limit}個に達しているため、新しく作れません。${listing(all, region)}`,
        resources: all,
        fix: {
          console: `使っていない自分の VPC を削除するか、${askForMore('VPCs per Region', limit)}`,
        },
      };
    }
    if (!vpc) {
      const evidence = chosen
        ? `--vpc で指定した ${chosen} は、リージョン ${region} にありません。${listing(all, region)}`
        : `リージョン ${region} に ${VPC_CIDR} の VPC がありません。${listing(all, region)}`;
      return { status: 'fail', evidence, resources: all.filter(({ properties }) => !properties.isDefault) };
    }
    if (others.length > 0) {
      return {
        status: 'fail',
        evidence: `当てはまる VPC が${found.length}つあり、どれを確認するか決められません: ${found.map(label).join('、')}。`,
        expected: '確認する VPC が1つに決まっている',
        resources: found,
        fix: {
          console: `使わない方の VPC を「VPC」>「お使いの VPC」で選び、「アクション」>「VPC の削除」で削除します。他の人の VPC は削除せず、下のコマンドで自分の VPC を選びます。`,
          cli: `pnpm check chapter-2 network --vpc ${vpc.id}`,
        },
      };
    }
    const { id, properties } = vpc;
    const one = { resources: [vpc] };
    if (properties.isDefault) {
      return { ...one, status: 'fail', evidence: `${id} は、AWS が最初から用意しているデフォルト VPC です。` };
    }
    if (!properties.cidrs.includes(VPC_CIDR)) {
      return { ...one, status: 'fail', evidence: `VPC ${id} の CIDR は ${properties.cidrs.join('、')} です。` };
    }
    if (properties.tenancy !== 'default') {
      return {
        ...one,
        status: 'fail',
        evidence: `VPC ${id} のテナンシーが「専有」（${properties.tenancy}）です。専有のハードウェアには高い料金がかかり、データベースの db.t4g.medium も置けません。`,
        expected: 'テナンシーが「デフォルト」の VPC',
        fix: {
          console: `「お使いの VPC」で ${id} を選び、「アクション」>「VPC の設定を編集」でテナンシーを「デフォルト」にします。`,
          cli: `aws ec2 modify-vpc-tenancy --vpc-id ${id} --instance-tenancy default`,
        },
      };
    }
    if (properties.state === 'pending') {
      return { ...one, status: 'pending', evidence: `VPC ${id} は作成中です。数秒で使えるようになります。` };
    }
    return { ...one, status: 'pass', evidence: label(vpc) };
  },
  fix: {
    console:
      '「VPC」>「VPC を作成」で「VPC のみ」を選び、IPv4 CIDR に 10.0.0.0/16 を入力して作成します。画面右上のリージョンが「アジアパシフィック (東京)」であることも確かめてください。',
    cli: 'aws ec2 create-vpc --cidr-block 10.0.0.0/16',
    cdk: 'pnpm solve chapter-2 network（infra/constructs/network.ts の Vpc が作ります）',
  },
  console: 'vpcconsole/home#vpcs:',
  doc: 'chapters/chapter-2/01-network.md#vpc',
});

/** What there is instead, so that a slip of the pen or of the region is recognised at a glance. */
function listing(all: Resource<Vpc>[], region: string): string {
  const own = all.filter(({ properties }) => !properties.isDefault);
  if (own.length > 0) return `あるのは ${own.map(label).join('、')} です。`;
  const standard = all.map(({ id }) => `デフォルト VPC ${id} だけがありますが、これは使いません。`).join('');
  return `${standard}作ったはずなのに見つからない場合は、別のリージョンに作っていないか、コンソールの右上の表示を ${region} に切り替えて確かめてください。`;
}

/** e.g. `vpc-0abc（my-vpc、10.0.0.0/16）` */
function label({ id, name, properties }: Resource<Vpc>): string {
  return `${id}（${[name, ...properties.cidrs].filter(Boolean).join('、')}）`;
}
