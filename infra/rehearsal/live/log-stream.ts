import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import { accountId, type Context, region } from '../resource-type.ts';
import { type ExecutionRole, TaskFailedToStart } from './execution-role.ts';

/** A container's log stream in CloudWatch Logs; takes its lines some at a time. */
export class LogStream {
  readonly #logs: CloudWatchLogs;
  readonly #to: { logGroupName: string; logStreamName: string };
  #waiting: { message: string; timestamp: number }[] = [];
  #sending: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  private constructor(logs: CloudWatchLogs, group: string, stream: string) {
    this.#logs = logs;
    this.#to = { logGroupName: group, logStreamName: stream };
  }

  /**
   * Opens the stream of a container with the awslogs driver, with the permissions of the execution role; null for
   * another driver or none.
   *
   * @throws TaskFailedToStart in ECS's words where the group isn't there, or the role may not write to it
   */
  static async open(
    { logConfiguration, name = '' }: ContainerDefinition,
    taskId: string,
    role: ExecutionRole,
    client: Context['client'],
  ): Promise<LogStream | null> {
    if (logConfiguration?.logDriver !== 'awslogs') return null;
    const options = logConfiguration.options ?? {};
    const group = options['awslogs-group'] ?? '';
    const stream = `${options['awslogs-stream-prefix'] ?? 'ecs'}/${name}/${taskId}`;
    const failed = (said: string) =>
      `ResourceInitializationError: failed to validate logger args: create stream has been retried 1 times: failed to create Cloudwatch log stream: ${said} : exit status 1`;
    const arn = `arn:aws:logs:${region}:${accountId}:log-group:${group}`;
    const logs = client(CloudWatchLogs);
    if (options['awslogs-create-group'] === 'true') {
      await role.need('logs:CreateLogGroup', arn, failed);
      await logs.createLogGroup({ logGroupName: group }).catch((error: Error) => {
        if (error.name !== 'ResourceAlreadyExistsException') throw new TaskFailedToStart(failed(error.message));
      });
    }
    await role.need('logs:CreateLogStream', `${arn}:log-stream:${stream}`, failed);
    await logs.createLogStream({ logGroupName: group, logStreamName: stream }).catch((error: Error) => {
      throw new TaskFailedToStart(failed(`${error.name}: The specified log group does not exist.`));
    });
    return new LogStream(logs, group, stream);
  }

  add(message: string): void {
    this.#waiting.push({ message, timestamp: Date.now() });
    this.#timer ??= setTimeout(() => void this.flush(), 500).unref();
  }

  /** Resolves when every line so far is there. */
  async flush(): Promise<void> {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    const logEvents = this.#waiting.splice(0);
    if (logEvents.length > 0) {
      // A log group that was deleted meanwhile loses its lines, as in AWS.
      this.#sending = this.#sending.then(() =>
        this.#logs.putLogEvents({ ...this.#to, logEvents }).catch(() => undefined),
      );
    }
    await this.#sending;
  }
}
