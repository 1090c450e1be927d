import { defineCheck } from '../../check.ts';
import { appPackages } from '../../find/app-packages.ts';

const NAME = 'blog-aws-practice';

export default defineCheck({
  title: 'ルートパッケージの名前が blog-aws-practice になっている',
  why: 'pnpm は --filter や表示にこの名前を使います。古い名前が残ると、どちらのプロジェクトを触っているのか分からなくなります。',
  read: async (world) => (await appPackages(world)).root,
  judge: (found) => {
    if (!found) return { status: 'fail', evidence: 'ルートパッケージの package.json が見つかりません。' };
    const at = `${found.file}:${found.line}`;
    if (found.name === null) return { status: 'fail', evidence: `${at} に name がありません。` };
    if (found.name === NAME) return { status: 'pass', evidence: `${at} の name は ${NAME} です。` };
    return {
      status: 'fail',
      evidence: `${at} の name が ${found.name} です。`,
      expected: `name は ${NAME}`,
      fix: { cli: `${found.file} の ${found.line} 行目を "name": "${NAME}" に書き換えます。` },
    };
  },
  fix: {
    console: 'エディターで package.json を開き、name を書き換えます。',
    cli: 'npm pkg set name=blog-aws-practice（そのパッケージのフォルダーで）',
    cdk: 'パッケージの名前は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#パッケージの名前',
});
