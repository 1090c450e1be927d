import { defineCheck } from '../../check.ts';
import { routeTables } from '../../find/route-tables.ts';

export default defineCheck({
  title: 'メインルートテーブルがインターネットゲートウェイへ向いていない',
  why: 'メインルートテーブルは、関連付けを忘れたサブネットすべてに効きます。ここにインターネットへのルートがあると、次に作るサブネットが知らないうちにパブリックになります。',
  needs: ['chapter-2/network/private-routes'],
  read: async (world) => ({ main: (await routeTables(world)).find(({ properties }) => properties.main) }),
  judge: ({ main }) => {
    const open = main?.properties.routes.find(({ target }) => target.startsWith('igw-'));
    const resources = main ? [main] : [];
    if (!main || !open) {
      return {
        status: 'pass',
        evidence: `${main?.id ?? ''} にインターネットゲートウェイへのルートはありません。`,
        resources,
      };
    }
    return {
      status: 'fail',
      evidence: `メインルートテーブル ${main.id} で ${open.destination} がインターネットゲートウェイ ${open.target} へ向いています。`,
      resources,
      fix: {
        console: `パブリックサブネット専用のルートテーブルに同じルートを作って関連付けてから、「ルートテーブル」で ${main.id} を選び、「ルート」タブ >「ルートを編集」で ${open.destination} の行を削除します。`,
        cli: `aws ec2 delete-route --route-table-id ${main.id} --${open.destination.includes(':') ? 'destination-ipv6-cidr-block' : 'destination-cidr-block'} ${open.destination}`,
      },
    };
  },
  fix: {
    console:
      '「VPC」>「ルートテーブル」でメインの表を選び、「ルートを編集」でインターネットゲートウェイへの行を削除します。',
    cli: 'aws ec2 delete-route --route-table-id <メインルートテーブルの ID> --destination-cidr-block 0.0.0.0/0',
    cdk: 'CDK の Vpc はメインルートテーブルに触れません。手で足したルートは手で消します。',
  },
  console: 'vpcconsole/home#RouteTables:',
  doc: 'chapters/chapter-2/01-network.md#ルートテーブル',
});
