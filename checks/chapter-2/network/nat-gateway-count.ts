import { defineCheck } from '../../check.ts';
import { isAlive, natGateways } from '../../find/nat-gateways.ts';

export default defineCheck({
  title: 'NAT ゲートウェイが1つだけ動いている',
  why: 'NAT ゲートウェイは、使わなくても1つごとに1時間いくらの料金がかかります。開発環境では1つで足ります。',
  needs: ['chapter-2/network/nat-gateway'],
  read: async (world) => ({ nats: (await natGateways(world)).filter(isAlive) }),
  judge: ({ nats }) => {
    const evidence = nats.map(({ id, properties }) => `${id}（${properties.subnet ?? 'リージョナル'}）`).join('、');
    if (nats.length === 0)
      return { status: 'pass', evidence: 'NAT ゲートウェイのかわりに NAT インスタンスを使っています。' };
    if (nats.length === 1) return { status: 'pass', evidence, resources: nats };
    return {
      status: 'fail',
      evidence: `NAT ゲートウェイが${nats.length}つあります: ${evidence}。料金も${nats.length}つ分かかります。`,
      resources: nats,
      fix: {
        console:
          '残す方を1つ決め、「VPC」>「ルートテーブル」でプライベートサブネットの 0.0.0.0/0 をすべてその NAT ゲートウェイへ向けます。その後「NAT ゲートウェイ」で他を削除し、「Elastic IP」で余ったアドレスを解放します。',
        cli: nats
          .slice(1)
          .map(({ id }) => `aws ec2 delete-nat-gateway --nat-gateway-id ${id}`)
          .join('\n'),
      },
    };
  },
  fix: {
    console: '「VPC」>「NAT ゲートウェイ」で、使っていない方を削除します。',
    cli: 'aws ec2 delete-nat-gateway --nat-gateway-id <使っていない NAT ゲートウェイの ID>',
    cdk: 'infra/parameters.ts の nat を gateway にして pnpm solve chapter-2 network を実行します。',
  },
  console: 'vpcconsole/home#NatGateways:',
  doc: 'chapters/chapter-2/01-network.md#nat-ゲートウェイ',
});
