import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

export default defineCheck({
  title: '.dockerignore が node_modules と .env を除いている',
  why: '手元の node_modules は OS が違うと動かず、.env には秘密の値があります。どちらもビルドへ渡さないのが安全です。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const ignore = found?.ignore;
    if (!ignore) return { status: 'fail', evidence: `${found?.file} のビルドに使われる .dockerignore がありません。` };
    const all = ignore.lines.some((line) => line === '*' || line === '**');
    const missing = ['node_modules', '.env'].filter(
      (name) => !all && !ignore.lines.some((line) => line.replaceAll('*', '').replaceAll('/', '') === name),
    );
    const back = ignore.lines.find((line) => /^!.*(node_modules|\.env)$/.test(line));
    if (back) return { status: 'fail', evidence: `${ignore.file} の「${back}」が、除いたものを戻しています。` };
    if (missing.length > 0) {
      return {
        status: 'fail',
        evidence: `${ignore.file} に ${missing.join(' と ')} がありません。`,
        expected: 'node_modules と .env',
      };
    }
    return { status: 'pass', evidence: `${ignore.file} が node_modules と .env を除いています。` };
  },
  fix: {
    console: 'エディターで .dockerignore を作り、**/node_modules と **/.env を書きます。',
    cli: "printf '**/node_modules\\n**/.env\\n' > .dockerignore",
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerignore',
});
