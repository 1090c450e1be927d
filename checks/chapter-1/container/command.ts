import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: '起動コマンドがシェルを挟まずに書かれている',
  why: 'シェルを挟むと、ECS の送る SIGTERM がシェルで止まってサーバーに届かず、30 秒後に強制終了されます。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const command = found?.command;
    if (!command) {
      return {
        status: 'fail',
        evidence: `${found?.file} の最後の段に CMD がありません。`,
        expected: 'CMD ["node", "…"]',
      };
    }
    const at = `${found.file}:${command.line}`;
    if (!command.list) {
      return {
        status: 'fail',
        evidence: `${at} の「${command.text}」は、シェルを通して起動します。`,
        expected: 'CMD ["node", "…"] のような、JSON の配列',
      };
    }
    if (/"(npm|pnpm|yarn|sh|bash)"/.test(command.text)) {
      return {
        status: 'fail',
        evidence: `${at} の ${command.text} は、node ではないものがシグナルを受け取ります。`,
        expected: 'CMD ["node", "…"] のように、node を直接起動する',
      };
    }
    return { status: 'pass', evidence: `${at} は ${command.text} です。` };
  },
  fix: {
    console: 'エディターで Dockerfile の CMD を JSON の配列に書き換えます。',
    cli: 'CMD ["node", "main.js"] のように、JSON の配列で node を直接起動します。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerfile',
});
