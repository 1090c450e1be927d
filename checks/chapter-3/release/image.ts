import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { deployRoles, mainDeployRole, trustedEnvironment } from '../../find/deploy-roles.ts';
import { type Image, images, mayRunOnX86 } from '../../find/images.ts';
import { newerCommits } from '../../find/newer-commits.ts';
import { releasing } from '../../find/release-calls.ts';
import { repositories } from '../../find/repositories.ts';
import { successfulReleases } from '../../find/successful-releases.ts';
import { servingContainer } from '../../find/task-definitions.ts';
import { LookError } from '../../ports/look-error.ts';
import type { World } from '../../world.ts';

export default defineCheck({
  title: 'いちばん新しく成功した公開のイメージが動いている',
  why: 'latest のようなタグは、あとから別の中身を指せます。ダイジェストで動かし、コミットの番号をタグにしておけば、いま何が動いているかを言い切れます。',
  needs: ['chapter-2/service/image'],
  read: async (world) => {
    const [facts, found] = await Promise.all([releasing(world), repositories(world)]);
    const repository = found.find(({ id }) => id === facts?.repository);
    const image = (facts && servingContainer(facts.task)?.image) ?? '';
    const all = repository ? await images(world, repository) : [];
    const commit = commitOf(all.find(({ properties }) => properties.digest === digestOf(image)));
    const newest = commit === null ? null : await newestRelease(world, commit, all);
    return { task: facts?.task ?? null, image, all, newest };
  },
  judge: ({ task, image, all, newest }): Judgement => {
    if (!task) return { status: 'fail', evidence: 'サービスがありません。' };
    const resources = [task];
    const digest = digestOf(image);
    if (!digest) {
      return {
        status: 'fail',
        evidence: `${task.id} のイメージが ${image.split('/').at(-1)} と、タグで指定されています。`,
        expected: 'ワークフローが登録した、sha256: で始まるダイジェストで指定されている',
        resources,
      };
    }
    const running = all.find(({ properties }) => properties.digest === digest);
    if (!running) {
      return {
        status: 'fail',
        evidence: `動いているイメージ ${digest.slice(0, 19)}… が、レジストリにありません。次にタスクが起動するときに失敗します。`,
        resources,
      };
    }
    if (!mayRunOnX86(running)) {
      return {
        status: 'fail',
        evidence: `動かそうとしているイメージ ${running.id} は ${running.properties.platforms?.join('、')} 用です。タスクは linux/amd64 です。`,
        resources: [...resources, running],
      };
    }
    const commit = commitOf(running);
    if (commit === null) {
      return {
        status: 'fail',
        evidence: `動いているイメージのタグは ${running.properties.tags.join('、')} で、コミットの番号がありません。`,
        expected: 'コミットの SHA がタグになっている',
        resources: [...resources, running],
      };
    }
    const seen = `${task.id} はコミット ${commit.slice(0, 12)} のイメージ（${digest.slice(0, 19)}…）です。`;
    if (newest?.from === 'github') {
      return newest.digest === digest
        ? { status: 'pass', evidence: `${seen}GitHub で、いちばん新しく成功した公開と同じです。`, resources }
        : {
            status: 'fail',
            evidence: `${seen}GitHub で、いちばん新しく成功した公開（${newest.url}）は、コミット ${newest.commit.slice(0, 12)} です。`,
            expected: `コミット ${newest.commit.slice(0, 12)} のイメージ（${newest.digest.slice(0, 19)}…）が動いている`,
            fix: {
              console:
                '切り替えたあとに、前の版へ戻されています。わざと手で戻したのなら、直したコミットを push すると、このチェックも合格に戻ります。',
            },
            resources: [...resources, running],
          };
    }
    const later = newest?.later.length ?? 0;
    return {
      status: 'pass',
      evidence: `${seen}手元の Git と比べました。`,
      ...(later > 0 && {
        advice: `手元の Git には、そのあとにサーバーを変えたコミットが ${later} 件あり、まだ公開されていません。`,
      }),
      resources: [...resources, running],
    };
  },
  fix: {
    console:
      'main ブランチへ push するか、GitHub の「Actions」>「Deploy Server to ECS」>「Run workflow」で公開します。',
    cli: 'gh workflow run deploy-server.yml --ref main',
    cdk: 'イメージは CDK ではなく、ワークフローが決めます。pnpm solve は、いま動いているものをそのまま残します。',
  },
  console: 'ecs/v2/clusters',
  doc: 'chapters/chapter-3/03-release.md#最初の公開',
});

/** What the running image is compared with. */
type Newest = { from: 'github'; commit: string; digest: string; url: string } | { from: 'git'; later: string[] };

/**
 * The newest release that went in, as GitHub tells of it; where it doesn't, what this folder's Git has after the running
 * commit. GitHub's runs never reach the rehearsal.
 *
 * @throws LookError where neither tells
 */
async function newestRelease(world: World, running: string, all: Resource<Image>[]): Promise<Newest> {
  if (!(await inRehearsal(world))) {
    const environment = trustedEnvironment(mainDeployRole(await deployRoles(world), world));
    const branch = environment === 'development' ? 'develop' : 'main';
    // A run that found nothing to release to is a success, too, but has pushed nothing.
    for (const { commit, url } of await successfulReleases(world, branch)) {
      const digest = all.find(({ properties }) => properties.tags.includes(commit))?.properties.digest;
      if (digest) return { from: 'github', commit, digest, url };
    }
  }
  const later = await newerCommits(world, running);
  if (later !== null) return { from: 'git', later };
  const message = running.slice(0, 12);
  throw new LookError({ port: 'gh', action: 'api', name: 'NoCommitTells', message, code: null, status: null });
}

const digestOf = (image: string): string | null => /@(sha256:[0-9a-f]+)$/.exec(image)?.[1] ?? null;

/** The commit that an image was built from, as its tag says. */
const commitOf = (image: Resource<Image> | undefined): string | null =>
  image?.properties.tags.find((tag) => /^[0-9a-f]{40}$/.test(tag)) ?? null;
