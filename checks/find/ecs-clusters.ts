import type { Resource } from '../check.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

/** The ECS clusters of the region that are not gone. Their id is their name. */
export async function ecsClusters(world: World): Promise<Resource<Record<string, never>>[]> {
  const [{ clusterArns = [] }, stack] = await Promise.all([world.aws.ecs.listClusters({}), workbookStack(world)]);
  // DescribeClusters takes a hundred at a time: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DescribeClusters.html
  const hundreds = Array.from({ length: Math.ceil(clusterArns.length / 100) }, (_, i) =>
    clusterArns.slice(i * 100, i * 100 + 100),
  );
  const answers = await Promise.all(hundreds.map((some) => world.aws.ecs.describeClusters({ clusters: some })));
  const living = answers.flatMap(({ clusters = [] }) => clusters).filter(({ status }) => status !== 'INACTIVE');
  return living.map(({ clusterArn: arn = '' }) => {
    const id = arn.split('/').at(-1) ?? '';
    return {
      type: 'AWS::ECS::Cluster',
      id,
      arn,
      name: id,
      parent: null,
      relations: {},
      origin: stack.origin(id, arn),
      properties: {},
    };
  });
}
