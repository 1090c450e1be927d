import type { Resource } from '../../check.ts';
import { defineCheck, type Judgement } from '../../check.ts';
import { images } from '../../find/images.ts';
import { releasing } from '../../find/release-calls.ts';
import { goodBefore, releases } from '../../find/releases.ts';
import { repositories } from '../../find/repositories.ts';
import { servingContainer, type TaskDefinition, taskDefinition } from '../../find/task-definitions.ts';
import { LookError } from '../../ports/look-error.ts';

export default defineCheck({
  title: '1つ前の版に、すぐ戻せる',
  why: '戻す先のイメージがライフサイクルルールで消えていると、いざというときに戻せません。',
  needs: ['chapter-3/release/image'],
  read: async (world) => {
    const facts = await releasing(world);
    if (!facts) return { current: null, wanted: '', previous: null, image: '', stored: [] };
    const { family, revision } = facts.task.properties;
    const { deployments = [] } = (await releases(world)) ?? {};
    // Where AWS has forgotten the deployments, the revision before is what there is.
    const wanted = goodBefore(deployments, facts.task.id) ?? `${family}:${revision - 1}`;
    const [previous, found] = await Promise.all([
      revision > 1
        ? taskDefinition(world, wanted).catch((error: unknown): null => {
            // ECS has no error of its own for it: `ClientException: Unable to describe task definition.`
            if (error instanceof LookError && /Unable to describe/.test(error.failure.message)) return null;
            throw error;
          })
        : null,
      repositories(world),
    ]);
    const repository = found.find(({ id }) => id === facts.repository);
    const all = repository ? await images(world, repository) : [];
    return {
      current: facts.task,
      wanted,
      previous,
      image: (previous && servingContainer(previous)?.image) ?? '',
      stored: all.flatMap(({ properties }) => [properties.digest, ...properties.tags]),
    };
  },
  judge: ({ current, wanted, previous, image, stored }): Judgement => {
    if (!current) return { status: 'fail', evidence: 'サービスがありません。' };
    const { revision } = current.properties;
    const resources: Resource<TaskDefinition>[] = [current, ...(previous ? [previous] : [])];
    if (revision === 1) {
      return {
        status: 'pass',
        evidence: `${current.id} が最初の版です。`,
        advice: '2回目の公開から、戻す先ができます。',
      };
    }
    if (!previous) {
      return {
        status: 'fail',
        evidence: `1つ前の版 ${wanted} がありません。削除されたようです。`,
        resources,
      };
    }
    const version = image.split('@')[1] ?? image.split('/').at(-1)?.split(':')[1] ?? 'latest';
    if (!stored.includes(version)) {
      return {
        status: 'fail',
        evidence: `1つ前の版 ${previous.id} のイメージ（${version.slice(0, 19)}）が、もうレジストリにありません。`,
        expected: 'ライフサイクルルールが、少なくとも前の版のイメージを残している',
        resources,
      };
    }
    return { status: 'pass', evidence: `${previous.id} に戻せます。`, resources };
  },
  fix: {
    console:
      'レジストリのライフサイクルルールで、残す数を20くらいに増やします。消えたイメージは、そのコミットのワークフローをもう一度動かすと戻ります。',
    cli: 'gh run rerun <前の公開の実行の番号>',
    cdk: 'infra/constructs/registry.ts は、新しいほうから20個を残します。',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-3/03-release.md#手で戻す',
});
