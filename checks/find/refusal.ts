import { LookError } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** Why AWS refused to make something. */
export interface Refusal {
  /** e.g. `OperationNotPermitted`. */
  code: string;
  /** In AWS's own words. */
  message: string;
}

const DAY = 24 * 3_600_000;

/**
 * Why AWS refused the newest try of the last day to do this, e.g. `CreateLoadBalancer`, from CloudTrail's event history
 * of this region; null where nobody tried, where it worked, or where the endpoint keeps no history.
 */
export async function refusal({ aws, now }: World, eventName: string): Promise<Refusal | null> {
  const { Events = [] } = await aws.cloudtrail
    .lookupEvents({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: eventName }],
      MaxResults: 1,
    })
    .catch(noHistory);
  const [newest] = Events;
  // Judged here: a look whose words change with the clock could not be replayed.
  if (newest?.EventTime && newest.EventTime.getTime() < now.getTime() - DAY) return null;
  const told: unknown = JSON.parse(newest?.CloudTrailEvent ?? '{}');
  const { errorCode, errorMessage } = told as { errorCode?: string; errorMessage?: string };
  return errorCode === undefined ? null : { code: errorCode, message: errorMessage ?? '' };
}

/** An emulator that doesn't know the call answers in one of these ways. */
function noHistory(error: unknown): { Events?: { CloudTrailEvent?: string; EventTime?: Date }[] } {
  if (error instanceof LookError && /Unknown|NotImplemented|InvalidAction/.test(error.failure.name)) return {};
  if (error instanceof LookError && [404, 500, 501].includes(error.failure.status ?? 0)) return {};
  throw error;
}
