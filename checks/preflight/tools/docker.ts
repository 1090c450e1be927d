import { defineCheck } from '../../check.ts';
import { atLeast, tool } from '../../find/tool.ts';

/** The first version that builds with BuildKit by default and knows `--platform` and compose v2 without extras. */
const LEAST = '23.0';

export default defineCheck({
  title: 'Docker を使うなら、23 以上が入っている',
  why: '古い Docker では、別の CPU 向けのイメージを作れません。Docker がなくても、代わりの道で最後まで進めます。',
  read: async (world) => {
    const docker = await tool(world, 'docker');
    return { ...docker, running: docker.found && (await world.run('docker', ['info'])).exitCode === 0 };
  },
  judge: ({ found, version, said, running }) => {
    if (!found)
      return {
        status: 'pass',
        evidence: 'Docker はありません。',
        advice: 'なくても進めます。代わりの道は、各ページにあります。',
      };
    // Podman answers to the name docker where its shim is installed; it counts its versions from 1 again.
    if (/podman/i.test(said))
      return { status: 'pass', evidence: `Docker の代わりに Podman ${version ?? ''} があります。` };
    if (version === null || !atLeast(version, LEAST)) {
      return {
        status: 'fail',
        evidence: version === null ? `Docker の版を読めません（${said}）` : `Docker ${version} です。`,
        expected: `Docker ${LEAST} 以上。または、Docker を使わずに進む`,
      };
    }
    return running
      ? { status: 'pass', evidence: `Docker ${version} が動いています。` }
      : {
          status: 'pass',
          evidence: `Docker ${version} が入っています。`,
          advice: 'いまは動いていません。イメージを作るときに起動してください。なくても進めます。',
        };
  },
  fix: {
    console: 'Docker Desktop なら、設定の「Software updates」から更新します。',
    cli: 'macOS: brew upgrade --cask docker ／ Linux: Docker の公式リポジトリから入れ直します。',
    cdk: '手元の道具は CDK では入りません。',
  },
  console: null,
  doc: 'chapters/preflight/04-tools.md#docker',
});
