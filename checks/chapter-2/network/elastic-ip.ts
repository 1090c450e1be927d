import { defineCheck } from '../../check.ts';
import { elasticIps } from '../../find/elastic-ips.ts';
import { isAlive, natGateways } from '../../find/nat-gateways.ts';
import { stackName } from '../../find/stack.ts';

export default defineCheck({
  title: '使われていない Elastic IP が残っていない',
  why: 'Elastic IP は、どこにも使われていなくても料金がかかります。NAT ゲートウェイを消しても Elastic IP は残るため、取り残しがちです。',
  needs: ['chapter-2/network/nat-gateway'],
  read: async (world) => {
    const [ips, nats] = await Promise.all([elasticIps(world), natGateways(world)]);
    return { ips, nats, own: stackName(world.choice.prefix) };
  },
  judge: ({ ips, nats, own }) => {
    const alive = nats.filter(isAlive).flatMap(({ properties }) => properties.allocations);
    const left = nats.filter((nat) => !isAlive(nat)).flatMap(({ properties }) => properties.allocations);
    const used = ips.filter(({ id }) => alive.includes(id));
    const orphans = ips.filter(({ id, properties: { networkInterface, stack } }) => {
      // Another stack's address is somebody else's business.
      if (alive.includes(id) || (stack !== null && stack !== own)) return false;
      return networkInterface === null || left.includes(id);
    });
    if (orphans.length === 0) {
      const evidence = used.map(({ properties }) => properties.address).join('、');
      return { status: 'pass', evidence: evidence || '使われていない Elastic IP はありません。', resources: used };
    }
    return {
      status: 'fail',
      evidence: `どこにも使われていない Elastic IP があります: ${orphans.map(({ id, properties }) => `${properties.address}（${id}）`).join('、')}。`,
      resources: orphans,
      fix: {
        console: `「VPC」>「Elastic IP」で ${orphans.map(({ properties }) => properties.address).join('、')} を選び、「アクション」>「Elastic IP アドレスの解放」を選びます。自分で作った覚えのないものは、持ち主に確かめてからにします。`,
        cli: orphans.map(({ id }) => `aws ec2 release-address --allocation-id ${id}`).join('\n'),
      },
    };
  },
  fix: {
    console:
      '「VPC」>「Elastic IP」で、関連付けのないアドレスを選び、「アクション」>「Elastic IP アドレスの解放」を選びます。',
    cli: 'aws ec2 release-address --allocation-id <eipalloc の ID>',
    cdk: 'CDK が作った Elastic IP は、NAT ゲートウェイと一緒に消えます。手で作ったものは手で解放します。',
  },
  console: 'vpcconsole/home#Addresses:',
  doc: 'chapters/chapter-2/01-network.md#nat-ゲートウェイ',
});
