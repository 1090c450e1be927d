import { defineCheck } from '../../check.ts';
import { atLeast, tool } from '../../find/tool.ts';

const LEAST = '3.10';

export default defineCheck({
  title: 'Python 3.10 以上がある',
  why: 'リハーサルの AWS（moto）は Python で動きます。',
  read: (world) => tool(world, 'python3'),
  judge: ({ found, version, said }) => {
    if (!found) return { status: 'fail', evidence: 'Python が見つかりません。', expected: `Python ${LEAST} 以上` };
    if (version === null) {
      return {
        status: 'fail',
        evidence: `python3 --version の答えから版を読めません（${said}）。`,
        expected: `Python ${LEAST} 以上`,
      };
    }
    if (!atLeast(version, LEAST)) {
      return { status: 'fail', evidence: `Python ${version} です。`, expected: `Python ${LEAST} 以上` };
    }
    return { status: 'pass', evidence: `Python ${version} です。` };
  },
  fix: {
    console: 'macOS は Homebrew、Windows は WSL2 の Ubuntu に入れます。',
    cli: 'macOS: brew install python ／ Ubuntu: sudo apt install -y python3 python3-venv',
    cdk: '手元の道具は CDK では入りません。',
  },
  console: null,
  doc: 'chapters/preflight/04-tools.md#やること',
});
