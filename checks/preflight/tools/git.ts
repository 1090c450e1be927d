import { defineCheck } from '../../check.ts';
import { atLeast, tool } from '../../find/tool.ts';

const LEAST = '2.30';

export default defineCheck({
  title: 'Git がある',
  why: '自分の変更を残し、第3章で GitHub に push するときに使います。',
  read: (world) => tool(world, 'git'),
  judge: ({ found, version, said }) => {
    if (!found) return { status: 'fail', evidence: 'Git が見つかりません。', expected: `Git ${LEAST} 以上` };
    if (version === null) {
      return {
        status: 'fail',
        evidence: `git --version の答えから版を読めません（${said}）。`,
        expected: `Git ${LEAST} 以上`,
      };
    }
    if (!atLeast(version, LEAST)) {
      return { status: 'fail', evidence: `Git ${version} です。`, expected: `Git ${LEAST} 以上` };
    }
    return { status: 'pass', evidence: `Git ${version} です。` };
  },
  fix: {
    console: 'macOS は Xcode Command Line Tools、Windows は WSL2 の Ubuntu に入れます。',
    cli: 'macOS: brew install git ／ Ubuntu: sudo apt install -y git',
    cdk: '手元の道具は CDK では入りません。',
  },
  console: null,
  doc: 'chapters/preflight/04-tools.md#やること',
});
