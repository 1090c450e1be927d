import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { environmentSecret } from '@blog-aws-practice/checks/find/secrets.ts';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';
import { redeploy } from '../commands/drill/redeploy.ts';
import { currentVersion, rewrite, useVersion } from '../commands/drill/secret-version.ts';

export default defineDrill({
  title: '鍵だけが新しくなった朝',
  story:
    '夜のあいだに、監査の係が「パスワードを新しくした」とメモを残していました。ブログはまだ動いています。けれど、次にタスクが入れ替わったとき、どうなるでしょう。',
  minutes: 15,
  hints: [
    'パスワードは2か所にあります。データベースと、シークレットです。片方だけを変えると、どうなるでしょう。',
    'シークレットが最後に書き換えられた時刻と、いまのデプロイが始まった時刻を見比べます。',
    'シークレットを前の版に戻します（aws secretsmanager update-secret-version-stage）。新しい値を使うなら、データベースのパスワードも変えてから、「新しいデプロイの強制」でタスクを入れ替えます。',
  ],
  caught: ['chapter-2/secrets/in-use'],
  prepare: async ({ client, world }) => {
    const [read, all] = await Promise.all([environmentSecret(world), services(world)]);
    const { secret } = found(read, 'シークレット');
    const service = found(mainService(all), 'ECS サービス');
    return {
      ...(await currentVersion(client(SecretsManager), secret.arn ?? secret.id)),
      cluster: service.properties.cluster,
      service: service.id,
    };
  },
  break: async ({ client }, undo) => {
    await rewrite(client(SecretsManager), undo, (values) => ({ ...values, password: crypto.randomUUID() }));
  },
  restore: async ({ client }, undo) => {
    await useVersion(client(SecretsManager), undo);
    // A task that started in the meantime holds the wrong password.
    await redeploy(client, undo);
  },
});
