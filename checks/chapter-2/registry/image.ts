import { defineCheck } from '../../check.ts';
import { images, mayRunOnX86 } from '../../find/images.ts';
import { repositories } from '../../find/repositories.ts';

export default defineCheck({
  title: 'x86（linux/amd64）で動くイメージがプッシュされている',
  why: 'サービスを作る前に、イメージが要ります。Mac（Apple シリコン）で何も付けずにビルドすると arm64 用になり、タスクは exec format error で止まります。',
  needs: ['chapter-2/registry/repository'],
  read: async (world) => {
    const [repository] = await repositories(world);
    return { repository, all: repository ? await images(world, repository) : [] };
  },
  judge: ({ repository, all }) => {
    const id = repository?.id ?? '';
    const [newest] = all;
    if (!newest) return { status: 'fail', evidence: `リポジトリ ${id} に、タグの付いたイメージが1つもありません。` };
    const label = `${newest.properties.tags.join('、')}（${newest.properties.digest.slice(0, 19)}…）`;
    if (!mayRunOnX86(newest)) {
      return {
        status: 'fail',
        evidence: `いちばん新しいイメージ ${label} は ${newest.properties.platforms?.join('、')} 用です。タスクは linux/amd64 で動きます。`,
        resources: [newest],
      };
    }
    const platforms = newest.properties.platforms?.join('、');
    return {
      status: 'pass',
      evidence: platforms ? `${label}、${platforms}` : `${label}。何の CPU 用かはイメージの一覧からは読めません。`,
      resources: [newest],
    };
  },
  fix: {
    console:
      '「Elastic Container Registry」>「リポジトリ」で選び、「プッシュコマンドを表示」の手順でプッシュします。ビルドのコマンドには --platform linux/amd64 を付けます。',
    cli: 'docker build --platform linux/amd64 -f app/server/Dockerfile -t <リポジトリの URI>:initial . && docker push <リポジトリの URI>:initial',
    cdk: 'pnpm solve chapter-2 registry が、リポジトリを作ったあとにイメージをビルドしてプッシュします。',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-2/05-registry.md#イメージのプッシュ',
});
