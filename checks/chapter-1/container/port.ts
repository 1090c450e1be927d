import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: 'コンテナがポート 4000 を公開している',
  why: 'ターゲットグループとセキュリティグループは 4000 番だけを通します。違う番号で待つと、ヘルスチェックが失敗し続けます。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const exposed = found?.exposed ?? [];
    if (exposed.some(({ text }) => text.split(/\s+/).some((port) => /^4000(\/tcp)?$/.test(port)))) {
      return { status: 'pass', evidence: `${found?.file} に EXPOSE 4000 があります。` };
    }
    return {
      status: 'fail',
      evidence:
        exposed.length === 0
          ? `${found?.file} の最後の段に EXPOSE がありません。`
          : exposed.map(({ text, line }) => `${found?.file}:${line} は EXPOSE ${text} です`).join('。'),
      expected: 'EXPOSE 4000',
    };
  },
  fix: {
    console: 'エディターで Dockerfile の最後の段に EXPOSE 4000 を書きます。',
    cli: 'Dockerfile の最後の段に EXPOSE 4000 を書きます。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerfile',
});
