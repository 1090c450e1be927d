import { defineCheck } from '../../check.ts';
import { secretWrittenAt } from '../../find/secret-written-at.ts';
import { environmentSecret } from '../../find/secrets.ts';
import { mainService, services } from '../../find/services.ts';

export default defineCheck({
  title: '動いているタスクが、いまのシークレットの値で起動している',
  why: 'シークレットを書き換えても、動いているタスクには届きません。入れ替えるまで、古い値のまま動き続けます。',
  needs: ['chapter-2/secrets/secret'],
  read: async (world) => {
    const [found, all] = await Promise.all([environmentSecret(world), services(world)]);
    const service = mainService(all);
    const written = found && service ? await secretWrittenAt(world, found.secret) : null;
    return { secret: found?.secret, service, written };
  },
  judge: ({ secret, service, written }) => {
    const since = service?.properties.deployments.find(({ status }) => status === 'PRIMARY')?.since ?? null;
    const resources = [...(secret ? [secret] : []), ...(service ? [service] : [])];
    if (!service) return { status: 'pass', evidence: 'タスクはまだ動いていません。', resources };
    if (written === null || since === null || since >= written) {
      return { status: 'pass', evidence: `${service.id} は、最後の書き換えより後に起動しています。`, resources };
    }
    return {
      status: 'fail',
      evidence: `シークレット ${secret?.id ?? ''} は ${clock(written)} に書き換えられましたが、サービス ${service.id} のデプロイはその前（${clock(since)}）に始まっています。`,
      resources,
      fix: {
        cli: `aws ecs update-service --cluster ${service.properties.cluster} --service ${service.id} --force-new-deployment`,
      },
    };
  },
  fix: {
    console:
      '「Elastic Container Service」でサービスを開き、「サービスを更新」>「新しいデプロイの強制」にチェックを入れて更新します。',
    cli: 'aws ecs update-service --cluster <クラスター> --service <サービス> --force-new-deployment',
    cdk: 'pnpm solve chapter-2 service（値だけが変わったときは、上のコマンドを使います）',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-2/04-secrets.md#読まれるのは起動のとき',
});

/** e.g. `2026/11/23 9:05:00（日本時間）` */
const clock = (time: Date) => `${time.toLocaleString('ja-JP', { timeZone: 'Asia/Tokyo' })}（日本時間）`;
