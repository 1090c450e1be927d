import { defineCheck, type Judgement } from '../../check.ts';
import { images, mayRunOnX86 } from '../../find/images.ts';
import { allRepositories } from '../../find/repositories.ts';
import { mainServiceAndTask } from '../../find/services.ts';
import { servingContainer } from '../../find/task-definitions.ts';

export default defineCheck({
  title: 'タスク定義のイメージが、レジストリに実際にある',
  why: 'タグを1文字間違えただけで、タスクは CannotPullContainerError で止まり、ECS は同じ失敗を繰り返します。',
  needs: ['chapter-2/service/service'],
  read: async (world) => {
    const facts = await mainServiceAndTask(world);
    const image = (facts && servingContainer(facts.task)?.image) ?? '';
    const { host, name, tag, digest } = parseImage(image);
    const region = /\.dkr\.ecr\.([a-z0-9-]+)\./.exec(host)?.[1] ?? null;
    const repository =
      region === world.choice.region ? (await allRepositories(world)).find(({ id }) => id === name) : undefined;
    const all = repository ? await images(world, repository) : [];
    const found = all.find(({ properties }) => (digest ? properties.digest === digest : properties.tags.includes(tag)));
    return { task: facts?.task, image, name, region, here: world.choice.region, repository, all, found };
  },
  judge: ({ task, image, name, region, here, repository, all, found }): Judgement => {
    const resources = task ? [task] : [];
    if (region === null) {
      return {
        status: 'pass',
        evidence: image,
        advice: 'イメージが自分の ECR のものではありません。中身があるかどうかは、ここからは確かめられません。',
        resources,
      };
    }
    if (region !== here) {
      return {
        status: 'fail',
        evidence: `イメージ ${image} は、別のリージョン ${region} の倉庫を指しています。`,
        resources,
      };
    }
    if (!repository) return { status: 'fail', evidence: `リポジトリ ${name} がありません（${image}）。`, resources };
    if (!found) {
      const tags =
        all
          .flatMap(({ properties }) => properties.tags)
          .slice(0, 5)
          .join('、') || 'なし';
      return {
        status: 'fail',
        evidence: `イメージ ${image} が、リポジトリ ${name} にありません。あるタグは ${tags} です。`,
        resources: [...resources, repository],
      };
    }
    if (!mayRunOnX86(found)) {
      return {
        status: 'fail',
        evidence: `イメージ ${image} は ${found.properties.platforms?.join('、')} 用です。タスクは linux/amd64 で動くため、exec format error で止まります。`,
        resources: [...resources, found],
      };
    }
    return { status: 'pass', evidence: image, resources: [...resources, found] };
  },
  fix: {
    console:
      '「Elastic Container Registry」でリポジトリを開いて実際のタグを確かめ、「タスク定義」の「新しいリビジョンの作成」でイメージ URI を直します。',
    cli: 'aws ecr describe-images --repository-name blog-aws-practice-server --query "imageDetails[].imageTags"',
    cdk: 'pnpm solve chapter-2 service が、いま動いているイメージか、プッシュされたばかりのイメージを渡します。',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-2/07-service.md#タスク定義',
});

/** The parts of an image's name, e.g. `1.dkr.ecr.ap-northeast-1.amazonaws.com/server:initial`. */
function parseImage(image: string): { host: string; name: string; tag: string; digest: string | null } {
  const [, host = '', rest = image] = /^([^/]+\.[^/]+)\/(.*)$/.exec(image) ?? [];
  const [reference = '', digest = null] = rest.split('@');
  const [name = '', tag = 'latest'] = reference.split(':');
  return { host, name, tag, digest };
}
