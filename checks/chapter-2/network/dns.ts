import { defineCheck } from '../../check.ts';
import { vpcDns } from '../../find/vpcs.ts';

export default defineCheck({
  title: 'VPC の DNS 解決と DNS ホスト名がどちらも有効になっている',
  why: 'タスクはデータベースや Secrets Manager を名前で探します。DNS 解決が無効だと名前からアドレスが分からず、DNS ホスト名が無効だとデータベースの名前が VPC の中で引けません。',
  needs: ['chapter-2/network/vpc'],
  read: vpcDns,
  judge: (dns) => {
    const off = [
      ...(dns?.support ? [] : [{ name: 'DNS 解決', option: '--enable-dns-support' }]),
      ...(dns?.hostnames ? [] : [{ name: 'DNS ホスト名', option: '--enable-dns-hostnames' }]),
    ];
    const vpc = dns?.vpc.id ?? '';
    const resources = dns ? [dns.vpc] : [];
    if (off.length === 0)
      return { status: 'pass', evidence: `VPC ${vpc} の DNS 解決と DNS ホスト名は有効です。`, resources };
    return {
      status: 'fail',
      evidence: `VPC ${vpc} の${off.map(({ name }) => `「${name}」`).join('と')}が無効になっています。`,
      resources,
      fix: {
        console: `「お使いの VPC」で ${vpc} を選び、「アクション」>「VPC の設定を編集」で${off.map(({ name }) => `「${name}を有効化」`).join('と')}にチェックを入れて保存します。`,
        cli: off.map(({ option }) => `aws ec2 modify-vpc-attribute --vpc-id ${vpc} ${option}`).join('\n'),
      },
    };
  },
  fix: {
    console:
      '「お使いの VPC」で VPC を選び、「アクション」>「VPC の設定を編集」で「DNS 解決を有効化」と「DNS ホスト名を有効化」にチェックを入れて保存します。',
    cli: 'aws ec2 modify-vpc-attribute --vpc-id <VPC の ID> --enable-dns-hostnames',
    cdk: 'infra/constructs/network.ts の Vpc は、どちらも有効にして作ります。手で変えた場合は pnpm solve chapter-2 network で戻ります。',
  },
  console: 'vpcconsole/home#vpcs:',
  doc: 'chapters/chapter-2/01-network.md#vpc',
});
