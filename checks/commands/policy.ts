import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { root } from '../paths.ts';
import { lookedAt } from '../policy/actions.ts';
import { policyOf, written } from '../policy/policy.ts';

// `pnpm generate:policy`: writes the least IAM policy for `pnpm check`, to be given to a learner's or instructor's role.
const file = 'docs/checker-policy.json';
const actions = await lookedAt(join(root, 'checks'));
await writeFileAtomic(join(root, file), written(await policyOf(actions)));
console.log(`${actions.length} 個のアクションを許すポリシーを ${file} に書きました。`);
