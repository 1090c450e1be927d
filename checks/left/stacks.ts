import { consoleStackName, stacks } from '../find/stacks.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

const BOOTSTRAP = 'CDK の土台です。同じアカウントのほかの CDK アプリも使います。もう CDK を使わないなら削除できます。';

/** CloudFormation stacks: the workbook's own, those that the ECS console made, and the CDK's bootstrap. */
export async function leftStacks(world: World): Promise<Left[]> {
  const [all, tell] = await Promise.all([stacks(world), ownership(world)]);
  return all.map((stack) => {
    const { id, origin, properties } = stack;
    const isBootstrap = properties.made === 'bootstrap';
    const whose = isBootstrap ? 'ours' : tell({ origin, names: [consoleStackName(id) ?? id] });
    return left(stack, whose, 'スタック', [`aws cloudformation delete-stack --stack-name ${id}`], {
      keep: isBootstrap ? BOOTSTRAP : null,
      going: properties.status === 'DELETE_IN_PROGRESS',
    });
  });
}
