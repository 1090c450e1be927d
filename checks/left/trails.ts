import { buckets } from '../find/buckets.ts';
import { caller } from '../find/caller.ts';
import { stacks } from '../find/stacks.ts';
import { trails } from '../find/trails.ts';
import type { World } from '../world.ts';
import { type Left, left } from './left.ts';
import { ownership } from './whose.ts';

const RECORDS = '「だれが何をしたか」の記録です。90日で自動で空になります。記録が要らなくなったら削除できます。';
const BOOTSTRAP =
  'CDK の土台が、スタックの CDKToolkit を消しても残すバケットです。もう CDK を使わないなら削除できます。';

/** CloudTrail trails, the bucket that keeps their records, and the CDK's own bucket, which outlives its stack. */
export async function leftTrails(world: World): Promise<Left[]> {
  const [all, stored, made, me, tell] = await Promise.all([
    trails(world),
    buckets(world),
    stacks(world),
    caller(world),
    ownership(world),
  ]);
  // The rehearsal keeps one of its own, without which it couldn't deploy.
  const isAssets = (id: string) =>
    id.startsWith('cdk-hnb659fds-assets-') &&
    me.kind !== 'rehearsal' &&
    !made.some(({ id: name }) => name === 'CDKToolkit');
  const remove = (id: string) => [`aws s3 rm s3://${id} --recursive`, `aws s3api delete-bucket --bucket ${id}`];
  return [
    ...all.map((one) =>
      left(one, tell({ origin: one.origin, names: [one.id] }), '証跡', [
        `aws cloudtrail delete-trail --name ${one.id}`,
      ]),
    ),
    ...stored.map((one) => {
      const isBootstrap = isAssets(one.id);
      const users = all
        .filter(({ properties }) => properties.bucket === one.id)
        .map(({ id, origin }) => tell({ origin, names: [id] }));
      const whose = isBootstrap ? 'ours' : tell({ origin: one.origin, names: [one.id], users });
      return left(one, whose, 'S3 バケット', remove(one.id), { keep: isBootstrap ? BOOTSTRAP : RECORDS });
    }),
  ].filter(({ kind, whose }) => kind === '証跡' || whose === 'ours');
}
