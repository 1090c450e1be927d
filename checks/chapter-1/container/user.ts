import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: 'コンテナが root 以外の利用者で動く',
  why: 'root で動くコンテナは、侵入されたときにできることが多すぎます。ブログのサーバーに root の権限は要りません。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const user = found?.user;
    if (!user) {
      return {
        status: 'fail',
        evidence: `${found?.file} の最後の段に USER がないので、root で動きます。`,
        expected: 'USER node',
      };
    }
    if (/^(root|0)(:|$)/.test(user.text)) {
      return {
        status: 'fail',
        evidence: `${found.file}:${user.line} の USER が ${user.text} です。`,
        expected: 'USER node',
      };
    }
    return { status: 'pass', evidence: `${found.file}:${user.line} の USER は ${user.text} です。` };
  },
  fix: {
    console: 'エディターで Dockerfile の最後の段に USER node を書きます。',
    cli: 'Dockerfile の CMD の前に USER node を書きます。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerfile',
});
