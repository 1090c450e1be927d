import { defineCheck } from '../../check.ts';
import { atLeast, tool } from '../../find/tool.ts';

const LEAST = '20.0';

export default defineCheck({
  title: 'Node.js 20 以上がある',
  why: '最初の npm start と npm test は、機械に入っている Node.js で動きます。そのあとはリポジトリに入る24が使われます。',
  read: (world) => tool(world, 'node'),
  judge: ({ found, version, said }) => {
    if (!found) return { status: 'fail', evidence: 'Node.js が見つかりません。', expected: `Node.js ${LEAST} 以上` };
    if (version === null) {
      return {
        status: 'fail',
        evidence: `node --version の答えから版を読めません（${said}）。`,
        expected: `Node.js ${LEAST} 以上`,
      };
    }
    if (!atLeast(version, LEAST)) {
      return { status: 'fail', evidence: `Node.js ${version} です。`, expected: `Node.js ${LEAST} 以上` };
    }
    return { status: 'pass', evidence: `Node.js ${version} です。` };
  },
  fix: {
    console: 'Node.js の公式ページ（nodejs.org）から、LTS の版を入れます。',
    cli: 'macOS: brew install node ／ Ubuntu: 公式の案内のとおり',
    cdk: '手元の道具は CDK では入りません。',
  },
  console: null,
  doc: 'chapters/preflight/04-tools.md#やること',
});
