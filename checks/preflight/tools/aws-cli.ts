import { defineCheck } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { atLeast, tool } from '../../find/tool.ts';

/** The first version with `aws login`. */
const LEAST = '2.32';

export default defineCheck({
  title: 'AWS CLI 2.32 以上がある',
  why: '短い期限の鍵を受け取る aws login は、2.32 で加わりました。それより前だと、期限のないアクセスキーに頼ることになります。',
  read: async (world) => {
    const cli = await tool(world, 'aws');
    const good = cli.version !== null && atLeast(cli.version, LEAST);
    return { ...cli, good, rehearsal: !good && (await inRehearsal(world)) };
  },
  judge: ({ found, version, said, good, rehearsal }) => {
    if (good) return { status: 'pass', evidence: `AWS CLI ${version} です。` };
    const seen = !found
      ? 'AWS CLI が見つかりません。'
      : version === null
        ? `aws --version の答えから版を読めません（${said}）。`
        : `AWS CLI ${version} です。`;
    if (rehearsal) {
      return {
        status: 'pass',
        evidence: seen,
        advice: `リハーサルは pnpm aws で進めるので、いまは要りません。本物の AWS を使う前に ${LEAST} 以上を入れてください。`,
      };
    }
    return {
      status: 'fail',
      evidence: seen,
      expected: `AWS CLI ${LEAST} 以上`,
      ...(version?.startsWith('1.')
        ? {
            fix: {
              cli: 'pip で入れた1系が先に見つかっています。公式のインストーラーで2系を入れ、which aws で確かめます。',
            },
          }
        : {}),
    };
  },
  fix: {
    console: 'AWS CLI の公式ページのインストーラーで入れます。',
    cli: 'macOS: brew install awscli ／ Linux と WSL2: 本文の curl と ./aws/install --update',
    cdk: '手元の道具は CDK では入りません。',
  },
  console: null,
  doc: 'chapters/preflight/04-tools.md#aws-cli',
});
