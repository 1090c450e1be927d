import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: 'イメージに秘密の値を入れていない',
  why: 'イメージに一度入った値は、あとの段で消しても履歴から読めます。秘密は Secrets Manager から、起動のたびに渡します。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const secrets = found?.secrets ?? [];
    if (secrets.length === 0) return { status: 'pass', evidence: `${found?.file} に秘密の値はありません。` };
    return {
      status: 'fail',
      // Only the name: what stands behind it may be the secret itself.
      evidence: `${secrets.map(({ text, line }) => `${found?.file}:${line}（${text.split('=')[0]}）`).join('、')} が秘密の値をイメージに入れます。`,
      expected: 'ENV、ARG、COPY に秘密の値がない',
    };
  },
  fix: {
    console: 'エディターで Dockerfile から、秘密の値の行を削除します。',
    cli: 'その行を削除し、値は実行時の環境変数（docker run --env-file、ECS では secrets）で渡します。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#秘密の値',
});
