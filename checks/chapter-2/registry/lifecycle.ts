import { defineCheck } from '../../check.ts';
import { lifecycleRules, repositories } from '../../find/repositories.ts';

/** Fewer would throw away the version that a rollback goes back to. */
const LEAST = 3;

export default defineCheck({
  title: 'ライフサイクルルールが、戻るためのイメージまで捨てない',
  why: 'リリースのたびにイメージが増え、保存の料金も増えます。ただし捨てすぎると、1つ前の版に戻れなくなります。',
  needs: ['chapter-2/registry/repository'],
  read: async (world) => {
    const [repository] = await repositories(world);
    return { repository, rules: repository ? await lifecycleRules(world, repository.id) : null };
  },
  judge: ({ repository, rules }) => {
    const resources = repository ? [repository] : [];
    const id = repository?.id ?? '';
    // Rules for untagged images alone are harmless: AWS never expires an image that a tagged one refers to.
    const harsh = rules?.find(
      ({ status, keeps }) => status !== 'untagged' && keeps.of === 'images' && keeps.count < LEAST,
    );
    if (harsh) {
      return {
        status: 'fail',
        evidence: `リポジトリ ${id} のライフサイクルルールは、新しいほうから${harsh.keeps.count}つだけを残して捨てます。1つ前の版に戻れません。`,
        resources,
      };
    }
    const aging = rules?.find(({ status, keeps }) => status !== 'untagged' && keeps.of === 'days');
    if (aging) {
      return {
        status: 'fail',
        evidence: `リポジトリ ${id} のライフサイクルルールは、プッシュから${aging.keeps.count}日たったイメージを、動いているものでも捨てます。`,
        resources,
      };
    }
    if (!rules || rules.length === 0) {
      return {
        status: 'pass',
        evidence: `リポジトリ ${id} にライフサイクルルールはありません。`,
        advice:
          '古いイメージが残り続け、保存の料金が少しずつ増えます。新しいほうから20個だけを残すルールを作ると安心です。',
        resources,
      };
    }
    return { status: 'pass', evidence: `リポジトリ ${id} のライフサイクルルールは${rules.length}つです。`, resources };
  },
  fix: {
    console:
      '「Elastic Container Registry」>「リポジトリ」で選び、「ライフサイクルポリシー」で、タグ付きのイメージを新しいほうから20個残すルールにします。',
    cli: `aws ecr put-lifecycle-policy --repository-name blog-aws-practice-server --lifecycle-policy-text '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPatternList":["*"],"countType":"imageCountMoreThan","countNumber":20},"action":{"type":"expire"}}]}'`,
    cdk: 'infra/constructs/registry.ts の lifecycleRules です。',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-2/05-registry.md#ライフサイクルルール',
});
