import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: 'イメージをビルドできる',
  why: 'ビルドは ECR へ送る前の最後の関門です。手元で作れないものは、CI でも作れません。',
  needs: ['chapter-1/container/stages'],
  read: async (world) => {
    const found = await appDockerfile(world);
    return { found, tried: found ? await world.app.tryImage(found.file, found.context) : null };
  },
  judge: ({ found, tried }) => {
    if (tried?.built)
      return {
        status: 'pass',
        evidence: `${tried.engine} で ${found?.file} から linux/amd64 のイメージを作れました。`,
      };
    return {
      status: 'fail',
      evidence: `${tried?.engine ?? ''} で作れませんでした: ${(tried?.said ?? '').trim().split('\n').at(-1)?.slice(0, 200)}`,
    };
  },
  fix: {
    console: 'Docker Desktop の Builds で、失敗した段のログを読みます。',
    cli: 'docker build --platform linux/amd64 で作り、最後に出たエラーの段を直します。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#ビルド',
});
