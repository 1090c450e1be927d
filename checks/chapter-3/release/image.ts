import { defineCheck, type Judgement } from '../../check.ts';
import { images, mayRunOnX86 } from '../../find/images.ts';
import { releasing } from '../../find/release-calls.ts';
import { repositories } from '../../find/repositories.ts';
import { servingContainer } from '../../find/task-definitions.ts';

export default defineCheck({
  title: '動いているイメージが、どのコミットのものかわかる',
  why: 'latest のようなタグは、あとから別の中身を指せます。ダイジェストで動かし、コミットの番号をタグにしておけば、いま何が動いているかを言い切れます。',
  needs: ['chapter-2/service/image'],
  read: async (world) => {
    const [facts, found] = await Promise.all([releasing(world), repositories(world)]);
    const repository = found.find(({ id }) => id === facts?.repository);
    return {
      task: facts?.task ?? null,
      image: (facts && servingContainer(facts.task)?.image) ?? '',
      all: repository ? await images(world, repository) : [],
    };
  },
  judge: ({ task, image, all }): Judgement => {
    if (!task) return { status: 'fail', evidence: 'サービスがありません。' };
    const resources = [task];
    const digest = /@(sha256:[0-9a-f]+)$/.exec(image)?.[1];
    if (!digest) {
      return {
        status: 'fail',
        evidence: `${task.id} のイメージが ${image.split('/').at(-1)} と、タグで指定されています。`,
        expected: 'ワークフローが登録した、sha256: で始まるダイジェストで指定されている',
        resources,
      };
    }
    const running = all.find(({ properties }) => properties.digest === digest);
    if (!running) {
      return {
        status: 'fail',
        evidence: `動いているイメージ ${digest.slice(0, 19)}… が、レジストリにありません。次にタスクが起動するときに失敗します。`,
        resources,
      };
    }
    if (!mayRunOnX86(running)) {
      return {
        status: 'fail',
        evidence: `動かそうとしているイメージ ${running.id} は ${running.properties.platforms?.join('、')} 用です。タスクは linux/amd64 です。`,
        resources: [...resources, running],
      };
    }
    const commit = running.properties.tags.find((tag) => /^[0-9a-f]{40}$/.test(tag));
    if (!commit) {
      return {
        status: 'fail',
        evidence: `動いているイメージのタグは ${running.properties.tags.join('、')} で、コミットの番号がありません。`,
        expected: 'コミットの SHA がタグになっている',
        resources: [...resources, running],
      };
    }
    return {
      status: 'pass',
      evidence: `${task.id} はコミット ${commit.slice(0, 12)} です。`,
      resources: [...resources, running],
    };
  },
  fix: {
    console:
      'main ブランチへ push するか、GitHub の「Actions」>「Deploy Server to ECS」>「Run workflow」で公開します。',
    cli: 'gh workflow run deploy-server.yml --ref main',
    cdk: 'イメージは CDK ではなく、ワークフローが決めます。pnpm solve は、いま動いているものをそのまま残します。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-3/03-release.md#最初の公開',
});
