import { defineCheck } from '../../check.ts';
import { egressOnlyGateways } from '../../find/egress-only-gateways.ts';
import { internetGateways } from '../../find/internet-gateways.ts';
import { allVpcs, vpcId } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'インターネットゲートウェイが VPC にアタッチされている',
  why: 'インターネットゲートウェイは VPC の玄関です。アタッチされていないと、ロードバランサーにも NAT ゲートウェイにもインターネットが届きません。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [vpc, all, gateways, egressOnly] = await Promise.all([
      vpcId(world),
      allVpcs(world),
      internetGateways(world),
      egressOnlyGateways(world),
    ]);
    const standard = all.filter(({ properties }) => properties.isDefault).map(({ id }) => id);
    return {
      vpc,
      gateways: gateways.filter(({ parent }) => parent === null || !standard.includes(parent)),
      egressOnly,
    };
  },
  judge: ({ vpc, gateways, egressOnly }) => {
    const own = gateways.find(({ properties }) => properties.vpc === vpc);
    if (own) {
      const resources = [own];
      if (own.properties.state === 'attaching') {
        return { status: 'pending', evidence: `${own.id} を VPC ${vpc} にアタッチしている途中です。`, resources };
      }
      if (own.properties.state === 'detaching') {
        return { status: 'fail', evidence: `${own.id} は VPC ${vpc} からデタッチされている途中です。`, resources };
      }
      return { status: 'pass', evidence: `${own.id} が VPC ${vpc} にアタッチされています。`, resources };
    }
    const loose = gateways.filter(({ properties }) => properties.vpc === null);
    const [first] = loose;
    if (!first) {
      const [elsewhere, ...more] = gateways;
      const evidence = [
        `VPC ${vpc} にアタッチされたインターネットゲートウェイがありません。`,
        ...egressOnly.map(
          ({ id }) => `${id} は Egress-Only インターネットゲートウェイです。IPv6 専用の別物で、代わりになりません。`,
        ),
        // With several environments side by side the others' gateways say nothing.
        ...(elsewhere && more.length === 0
          ? [`${elsewhere.id} は別の VPC ${elsewhere.parent} にアタッチされています。`]
          : []),
      ];
      return {
        status: 'fail',
        evidence: evidence.join(''),
        resources: egressOnly,
        fix: {
          cli: `aws ec2 create-internet-gateway\naws ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id <できた igw の ID>`,
        },
      };
    }
    return {
      status: 'fail',
      evidence: `インターネットゲートウェイ ${loose.map(({ id }) => id).join('、')} はありますが、どの VPC にもアタッチされていません。`,
      resources: loose,
      fix: {
        console: `「VPC」>「インターネットゲートウェイ」で ${first.id} を選び、「アクション」>「VPC にアタッチ」で ${vpc} を選びます。`,
        cli: `aws ec2 attach-internet-gateway --vpc-id ${vpc} --internet-gateway-id ${first.id}`,
      },
    };
  },
  fix: {
    console:
      '「VPC」>「インターネットゲートウェイ」>「インターネットゲートウェイの作成」で作り、続けて「アクション」>「VPC にアタッチ」で自分の VPC を選びます。',
    cli: 'aws ec2 attach-internet-gateway --vpc-id <VPC の ID> --internet-gateway-id <igw の ID>',
    cdk: 'pnpm solve chapter-2 network（パブリックサブネットがあるので、Vpc が自動で作ってアタッチします）',
  },
  console: 'vpcconsole/home#igws:',
  doc: 'chapters/chapter-2/01-network.md#インターネットゲートウェイ',
});
