import { isNotThere } from '../ports/look-error.ts';
import type { World } from '../world.ts';

/** One line of a container's log. */
export interface LogLine {
  stream: string;
  at: Date;
  message: string;
}

/** Newest streams looked at, and lines of each: enough for the last two tasks, and one call each. */
const STREAMS = 2;
const LINES = 50;

/** The last lines of the newest streams of a log group, the newest last; empty where the group is not there. */
export async function lastLogLines({ aws }: World, logGroupName: string): Promise<LogLine[]> {
  try {
    const { logStreams = [] } = await aws.logs.describeLogStreams({
      logGroupName,
      orderBy: 'LastEventTime',
      descending: true,
      limit: STREAMS,
    });
    const each = await Promise.all(
      logStreams.slice(0, STREAMS).flatMap(({ logStreamName }) =>
        logStreamName === undefined
          ? []
          : [
              aws.logs
                .getLogEvents({ logGroupName, logStreamName, limit: LINES, startFromHead: false })
                .then(({ events = [] }) =>
                  events.map(
                    ({ timestamp = 0, message = '' }): LogLine => ({
                      stream: logStreamName,
                      at: new Date(timestamp),
                      message,
                    }),
                  ),
                ),
            ],
      ),
    );
    return each.flat().toSorted((a, b) => a.at.getTime() - b.at.getTime());
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}
