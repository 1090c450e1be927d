import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { environmentSecret } from '@blog-aws-practice/checks/find/secrets.ts';
import { mainService, services } from '@blog-aws-practice/checks/find/services.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';
import { redeploy } from '../commands/drill/redeploy.ts';
import { currentVersion, rewrite, useVersion } from '../commands/drill/secret-version.ts';

export default defineDrill({
  title: '次のタスクだけが起動しない',
  story:
    '同僚が「シークレットの見た目をそろえておいた」と言ってから、新しいタスクが1つも起動しなくなりました。古いタスクはまだ動いていますが、止まったら代わりがいません。',
  minutes: 10,
  hints: [
    '動いているタスクは、起動したときの値を持っています。新しいタスクは、いまのシークレットを読みに行きます。',
    '止まったタスクの「停止理由」を読み、「Secrets Manager」の「シークレットの値を取得」でキーの綴りを1文字ずつ見比べます。',
    'シークレットのキー Password を password に戻し、「新しいデプロイの強制」でサービスを更新します。',
  ],
  caught: ['chapter-2/service/secrets'],
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
    await rewrite(client(SecretsManager), undo, ({ password, ...rest }) => ({ ...rest, Password: password }));
    await redeploy(client, undo);
  },
  restore: async ({ client }, undo) => {
    await useVersion(client(SecretsManager), undo);
    await redeploy(client, undo);
  },
});
