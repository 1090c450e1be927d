import { EC2 } from '@aws-sdk/client-ec2';
import { networkAcls } from '@blog-aws-practice/checks/find/network-acls.ts';
import { PUBLIC_CIDRS, subnets } from '@blog-aws-practice/checks/find/subnets.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

/** Comes before the rules that people number from 100 on. */
const RULE = 10;

export default defineDrill({
  title: '行きはよいよい、帰りはこわい',
  story:
    'セキュリティの点検で「要らない番号を閉じた」そうです。それからブログがまったく開きません。セキュリティグループは1つも変わっていません。443 は、たしかに開いています。',
  minutes: 15,
  hints: [
    'セキュリティグループは、行きを許せば帰りも許します。帰りを覚えていない見張りもいます。',
    '「VPC」>「ネットワーク ACL」で、パブリックサブネットの番号の小さいルールから順に、行きと帰りの両方を読みます。',
    'ネットワーク ACL のアウトバウンドから、1024-65535 を拒否するルール（番号 10）を削除します。',
  ],
  caught: ['chapter-2/network/network-acl'],
  prepare: async ({ world }) => {
    const [all, acls] = await Promise.all([subnets(world), networkAcls(world)]);
    const home = all.find(({ properties }) => properties.cidr === PUBLIC_CIDRS[0]);
    const acl = acls.find(({ properties }) => home !== undefined && properties.subnets.includes(home.id));
    return { acl: found(acl, 'ネットワーク ACL').id };
  },
  break: async ({ client }, { acl }) => {
    await client(EC2).createNetworkAclEntry({
      NetworkAclId: acl,
      RuleNumber: RULE,
      Egress: true,
      Protocol: '6',
      RuleAction: 'deny',
      CidrBlock: '0.0.0.0/0',
      PortRange: { From: 1024, To: 65_535 },
    });
  },
  restore: async ({ client, world }, { acl }) => {
    const one = (await networkAcls(world)).find(({ id }) => id === acl);
    if (!one?.properties.rules.some(({ number, direction }) => number === RULE && direction === 'out')) return;
    await client(EC2).deleteNetworkAclEntry({ NetworkAclId: acl, RuleNumber: RULE, Egress: true });
  },
});
