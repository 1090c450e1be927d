import { defineCheck } from '../../check.ts';
import { allRepositories, repositories } from '../../find/repositories.ts';

export default defineCheck({
  title: 'サーバーのイメージを置く ECR リポジトリがある',
  why: 'タスクは、ここからサーバーのイメージを取り出して動きます。アカウントの中だけで使う、プライベートの倉庫です。',
  read: async (world) => {
    const [found, all] = await Promise.all([repositories(world), allRepositories(world)]);
    return { found, all, region: world.choice.region };
  },
  judge: ({ found, all, region }) => {
    const [one, ...others] = found;
    if (!one) {
      return {
        status: 'fail',
        evidence: `リージョン ${region} に、プライベートのリポジトリがありません。「パブリック」や別のリージョンに作ったものは、ここには出ません。`,
      };
    }
    if (others.length > 0) {
      return {
        status: 'fail',
        evidence: `リポジトリが${all.length}つありますが、blog-aws-practice-server という名前のものがなく、どれを確認するか決められません: ${found.map(({ id }) => id).join('、')}。`,
        resources: found,
      };
    }
    return { status: 'pass', evidence: one.properties.uri, resources: [one] };
  },
  fix: {
    console:
      '「Elastic Container Registry」>「プライベートレジストリ」>「リポジトリ」>「リポジトリを作成」で、名前を blog-aws-practice-server にします。右上のリージョンが東京であることも確かめてください。',
    cli: 'aws ecr create-repository --repository-name blog-aws-practice-server --image-scanning-configuration scanOnPush=true --image-tag-mutability IMMUTABLE',
    cdk: 'pnpm solve chapter-2 registry（infra/constructs/registry.ts の Repository が作ります）',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-2/05-registry.md#リポジトリ',
});
