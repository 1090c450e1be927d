import type { Resource } from '../check.ts';
import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';
import { workbookStack } from './stack.ts';

export interface Trail {
  /** Whether it is writing down what happens at this moment. */
  logging: boolean;
  /** It watches every region, not only the one it was made in. */
  everyRegion: boolean;
  bucket: string;
  /** AWS's own words where the last delivery failed, e.g. `AccessDenied`; null where it worked. */
  failure: string | null;
}

/** The CloudTrail trails that watch this region. Their id is their name. */
export async function trails(world: World): Promise<Resource<Trail>[]> {
  const { cloudtrail } = world.aws;
  const [{ trailList = [] }, stack] = await Promise.all([cloudtrail.describeTrails({}), workbookStack(world)]);
  const found = await Promise.all(
    trailList.map(async (trail): Promise<Resource<Trail> | null> => {
      const id = trail.Name ?? '';
      const status = await cloudtrail.getTrailStatus({ Name: trail.TrailARN ?? id }).catch((error: unknown) => {
        // An organization's trail is listed for its members, but its status isn't theirs to see.
        if (isNotThere(error)) return null;
        throw error;
      });
      return status
        ? {
            type: 'AWS::CloudTrail::Trail',
            id,
            arn: trail.TrailARN ?? null,
            name: id,
            parent: null,
            relations: { bucket: trail.S3BucketName ? [trail.S3BucketName] : [] },
            origin: stack.origin(id, trail.TrailARN),
            properties: {
              logging: status.IsLogging ?? false,
              everyRegion: trail.IsMultiRegionTrail ?? false,
              bucket: trail.S3BucketName ?? '',
              failure: status.LatestDeliveryError || null,
            },
          }
        : null;
    }),
  );
  return found.filter((trail) => trail !== null);
}
