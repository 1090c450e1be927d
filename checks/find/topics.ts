import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** Every SNS topic of the region. Its id is its name. */
export async function topics(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ Topics = [] }, stack] = await Promise.all([world.aws.sns.listTopics({}), workbookStack(world)]);
  return Topics.map(({ TopicArn: arn = '' }) => {
    const id = arn.split(':').at(-1) ?? '';
    return {
      type: 'AWS::SNS::Topic',
      id,
      arn,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(arn),
      properties: {},
    };
  });
}
