import { EC2 } from '@aws-sdk/client-ec2';
import { vpcId } from '@blog-aws-practice/checks/find/vpcs.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';

export default defineDrill({
  title: '電話帳のない街',
  story:
    'タスクが、データベースの名前を「そんな相手は知らない」と言います。データベースは動いていて、セキュリティグループも昨日のままです。IP アドレスで試すと、つながります。',
  minutes: 10,
  hints: [
    'IP アドレスなら届き、名前だと届きません。名前を住所に変えてくれるのは、だれでしょう。',
    '「VPC」の「詳細」にある、DNS の2つの属性を見ます。',
    'VPC の「DNS ホスト名」と「DNS 解決」の両方を有効にします。',
  ],
  caught: ['chapter-2/network/dns'],
  prepare: async ({ world }) => ({ vpc: found(await vpcId(world), ' VPC') }),
  break: async ({ client }, { vpc }) => {
    await client(EC2).modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: false } });
  },
  restore: async ({ client }, { vpc }) => {
    await client(EC2).modifyVpcAttribute({ VpcId: vpc, EnableDnsHostnames: { Value: true } });
  },
});
