import { defineCheck } from '../../check.ts';
import { repositories } from '../../find/repositories.ts';

export default defineCheck({
  title: 'イメージがプッシュのたびにスキャンされる',
  why: 'イメージの中の古い部品に、知られた弱点がないかを AWS が調べてくれます。基本スキャンは無料です。',
  needs: ['chapter-2/registry/repository'],
  read: async (world) => {
    const [[repository], { scanningConfiguration }] = await Promise.all([
      repositories(world),
      world.aws.ecr.getRegistryScanningConfiguration({}),
    ]);
    const rules = scanningConfiguration?.rules ?? [];
    const byRegistry = rules.some(
      ({ scanFrequency, repositoryFilters = [] }) =>
        scanFrequency !== 'MANUAL' && repositoryFilters.some(({ filter = '' }) => covers(filter, repository?.id ?? '')),
    );
    return { repository, byRegistry };
  },
  judge: ({ repository, byRegistry }) => {
    const resources = repository ? [repository] : [];
    const id = repository?.id ?? '';
    if (repository?.properties.scanOnPush) {
      return { status: 'pass', evidence: `${id} はプッシュ時にスキャンされます。`, resources };
    }
    if (byRegistry) {
      return { status: 'pass', evidence: `レジストリの設定で、${id} もスキャンされます。`, resources };
    }
    return {
      status: 'fail',
      evidence: `リポジトリ ${id} は、プッシュ時のスキャンが無効です。`,
      resources,
      fix: {
        cli: `aws ecr put-image-scanning-configuration --repository-name ${id} --image-scanning-configuration scanOnPush=true`,
      },
    };
  },
  fix: {
    console:
      '「Elastic Container Registry」>「リポジトリ」で選び、「アクション」>「編集」で「プッシュ時にスキャン」を有効にします。',
    cli: 'aws ecr put-image-scanning-configuration --repository-name blog-aws-practice-server --image-scanning-configuration scanOnPush=true',
    cdk: 'infra/constructs/registry.ts の imageScanOnPush: true です。',
  },
  console: 'ecr/private-registry/repositories',
  doc: 'chapters/chapter-2/05-registry.md#リポジトリ',
});

/** Whether a filter of the registry's settings, in which `*` stands for anything, takes in a repository. */
function covers(filter: string, repository: string): boolean {
  const pattern = filter.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${pattern.join('.*')}$`).test(repository);
}
