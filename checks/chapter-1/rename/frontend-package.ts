import { defineCheck } from '../../check.ts';
import { appPackages } from '../../find/app-packages.ts';

const NAME = '@blog-aws-practice/frontend';

export default defineCheck({
  title: 'フロントエンドのパッケージの名前が @blog-aws-practice/frontend になっている',
  why: 'pnpm --filter @blog-aws-practice/frontend と書くコマンドは、この名前でパッケージを探します。違うと「該当なし」で何も動きません。',
  read: async (world) => (await appPackages(world)).frontend,
  judge: (found) => {
    if (!found) return { status: 'fail', evidence: 'React を使うパッケージの package.json が見つかりません。' };
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
    console: 'エディターで frontend/package.json を開き、name を書き換えます。',
    cli: 'npm pkg set name=@blog-aws-practice/frontend（そのパッケージのフォルダーで）',
    cdk: 'パッケージの名前は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#パッケージの名前',
});
