import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: 'Dockerfile がビルド用と実行用の段に分かれている',
  why: '一つの段だけで作ると、ビルドの道具と開発用のパッケージまでイメージに入り、大きく、攻撃されやすくなります。',
  read: (world) => appDockerfile(world),
  judge: (found) => {
    if (!found) return { status: 'fail', evidence: 'サーバーのフォルダーに Dockerfile がありません。' };
    const { file, stages } = found;
    if (stages.length === 0) return { status: 'fail', evidence: `${file} に FROM がありません。` };
    if (stages.length === 1) {
      return {
        status: 'fail',
        evidence: `${file}:${stages[0]?.line} の FROM 一つだけで作っています。`,
        expected: 'FROM が二つ以上（ビルド用と実行用）',
      };
    }
    return { status: 'pass', evidence: `${file} に ${stages.length} つの段があります。` };
  },
  fix: {
    console: 'エディターでサーバーのフォルダーに Dockerfile を作り、本文の内容を写します。',
    cli: 'Dockerfile を FROM … AS build と、実行用の FROM の二つに分け、COPY --from=build で成果物だけを写します。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerfile',
});
