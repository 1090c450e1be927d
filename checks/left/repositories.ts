import { allRepositories } from '../find/repositories.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { tasks, usersOf } from './tasks.ts';
import { ownership } from './whose.ts';

/** ECR repositories with the images in them. */
export async function leftRepositories(world: World): Promise<Left[]> {
  const [all, tasksOf, tell] = await Promise.all([allRepositories(world), tasks(world), ownership(world)]);
  return all.map((one) => {
    const { uri } = one.properties;
    const users = usersOf(tasksOf, ({ containers }) =>
      containers.some(({ image }) => image === uri || image.startsWith(`${uri}:`) || image.startsWith(`${uri}@`)),
    );
    return left(one, tell({ origin: one.origin, names: [one.id], users }), 'ECR リポジトリ', [
      `aws ecr delete-repository --repository-name ${one.id} --force`,
    ]);
  });
}
