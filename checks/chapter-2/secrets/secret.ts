import { defineCheck } from '../../check.ts';
import { environmentSecret, secrets } from '../../find/secrets.ts';
import { stackName } from '../../find/stack.ts';

export default defineCheck({
  title: 'データベースの認証情報を入れたシークレットが、キーと値の組で入っている',
  why: 'ECS は、シークレットの中のキーを1つずつ環境変数に入れます。ただの文章として入れると、1つずつ取り出せません。',
  needs: ['chapter-2/database/cluster'],
  read: async (world) => {
    const [found, all] = await Promise.all([environmentSecret(world), secrets(world)]);
    const own = `${stackName(world.choice.prefix)}-secret`;
    const managed = all.find(({ properties }) => properties.owner === 'rds');
    return {
      found,
      own,
      managed,
      deleted: all.find(({ id, properties }) => id === own && properties.deletedAt !== null),
    };
  },
  judge: ({ found, own, managed, deleted }) => {
    if (!found) {
      const evidence = [
        'データベースの認証情報を入れたシークレットがありません。',
        ...(deleted ? [`${own} は削除の予約がされていて、まだ名前が使われています。`] : []),
        ...(managed
          ? [`${managed.id} は RDS が管理していて、接続先が入っておらず、7日ごとにパスワードが変わります。`]
          : []),
      ];
      return {
        status: 'fail',
        evidence: evidence.join(''),
        resources: [deleted, managed].filter((one) => one !== undefined),
        fix: deleted
          ? {
              console: `「Secrets Manager」の設定（歯車）で「削除予定のシークレットを表示」を有効にし、${own} の「削除をキャンセル」を選びます。`,
              cli: `aws secretsmanager restore-secret --secret-id ${own}`,
            }
          : {},
      };
    }
    const { secret, held } = found;
    if (held.format === 'json')
      return { status: 'pass', evidence: `${secret.id}（キー${held.keys.length}個）`, resources: [secret] };
    return {
      status: 'fail',
      evidence: `シークレット ${secret.id} の中身が、キーと値の組（JSON）ではなく${held.format === 'text' ? 'プレーンテキスト' : 'バイナリ'}です（値は読んでいません）。`,
      resources: [secret],
    };
  },
  fix: {
    console:
      '「Secrets Manager」>「新しいシークレットを保存する」で「その他のシークレットのタイプ」を選び、「キー/値のペア」で host・port・username・password・dbname・SUPABASE_URL を入れます。',
    cli: 'aws secretsmanager create-secret --name blog-aws-practice-secret --secret-string file://secret.json',
    cdk: 'pnpm solve chapter-2 secrets（infra/constructs/secrets.ts）',
  },
  console: 'secretsmanager/listsecrets',
  doc: 'chapters/chapter-2/04-secrets.md#キーと値',
});
