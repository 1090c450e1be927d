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

/** Whether it is a line of the server's JSON log that is a warning or worse, or plain words of an error. */
export function isTrouble(message: string): boolean {
  try {
    const { level }: { level?: unknown } = JSON.parse(message);
    return level === 'error' || level === 'fatal' || level === 'warn';
  } catch {
    return /\b(error|fatal|exception|panic|killed)\b/i.test(message);
  }
}

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
      logStreams
        .slice(0, STREAMS)
        .flatMap(({ logStreamName }) => (logStreamName ? [streamLines({ aws }, logGroupName, logStreamName)] : [])),
    );
    return each.flat().toSorted((a, b) => a.at.getTime() - b.at.getTime());
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}

/** The last lines of one stream, the newest last; empty where it is not there. */
export async function streamLines(
  { aws }: Pick<World, 'aws'>,
  logGroupName: string,
  logStreamName: string,
): Promise<LogLine[]> {
  try {
    const { events = [] } = await aws.logs.getLogEvents({
      logGroupName,
      logStreamName,
      limit: LINES,
      startFromHead: false,
    });
    return events.map(({ timestamp = 0, message = '' }) => ({
      stream: logStreamName,
      at: new Date(timestamp),
      message,
    }));
  } catch (error) {
    if (isNotThere(error)) return [];
    throw error;
  }
}
