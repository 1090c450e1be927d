import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { defaultProvider } from '@aws-sdk/credential-provider-node';
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config';
import { StandardRetryStrategy } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type {
  AwsCredentialIdentity,
  AwsCredentialIdentityProvider,
  RetryErrorInfo,
  StandardRetryToken,
} from '@smithy/types';
import { LookError } from '../look-error.ts';

/** The region in which the workbook builds everything. */
export const REGION = 'ap-northeast-1';

/** Which AWS is looked at. */
export interface AwsSettings {
  /** The region; null where none is configured. */
  region: string | null;
  /** Whether someone asked for this very region (`--region`); else it must be the workbook's. */
  deliberate: boolean;
  /** An endpoint in place of AWS's own; without it the SDK's standard `AWS_ENDPOINT_URL` counts. */
  endpoint: string | null;
  /** Credentials in place of the SDK's standard chain. */
  credentials: AwsCredentialIdentity | null;
  /** Milliseconds after which a call is given up; {@link TIME_OUT} where left out. */
  timeOut?: number;
}

/** What each SDK client is made with. */
export interface ClientConfig {
  region: string;
  endpoint?: string;
  credentials: AwsCredentialIdentityProvider | AwsCredentialIdentity;
  requestHandler: NodeHttpHandler;
  retryStrategy: StandardRetryStrategy;
}

/** A call to AWS that has not answered within this many milliseconds is given up. */
export const TIME_OUT = 5_000;

/** The same for the rehearsal: its emulator loads a service when it is first asked for, on a machine that may be busy. */
export const REHEARSAL_TIME_OUT = 30_000;

/**
 * The configuration of all clients: one credential look-up and one pool of connections for all of them.
 * @throws LookError `RegionMissing` or `RegionUnexpected`, so that nobody takes an empty region for a mistake
 */
export function clientConfig(settings: AwsSettings): ClientConfig {
  const { region, timeOut = TIME_OUT } = settings;
  if (region === null) throw regionError('RegionMissing', '');
  if (!settings.deliberate && region !== REGION) throw regionError('RegionUnexpected', region);
  const agent = { keepAlive: true, maxSockets: 50, proxyEnv: proxyEnvironment() };
  return {
    region,
    ...(settings.endpoint === null ? {} : { endpoint: settings.endpoint }),
    credentials: settings.credentials ?? defaultProvider(),
    requestHandler: new NodeHttpHandler({
      connectionTimeout: timeOut,
      requestTimeout: timeOut,
      socketTimeout: timeOut,
      throwOnRequestTimeout: true,
      httpAgent: new HttpAgent(agent),
      httpsAgent: new HttpsAgent(agent),
    }),
    retryStrategy: new OnlyQuickRetries(3),
  };
}

/** A company's proxy as the environment names it, as for the AWS CLI; what runs on this machine is never behind it. */
function proxyEnvironment(): NodeJS.ProcessEnv {
  const none = [process.env.NO_PROXY ?? process.env.no_proxy, 'localhost', '127.0.0.1', '::1']
    .filter(Boolean)
    .join(',');
  return { ...process.env, NO_PROXY: none, no_proxy: none };
}

/** The region that the user's environment or profile names, as the SDK and the AWS CLI read it; null for none. */
export async function configuredRegion(): Promise<string | null> {
  if (!process.env.AWS_REGION && process.env.AWS_DEFAULT_REGION) return process.env.AWS_DEFAULT_REGION;
  try {
    return (await loadConfig(NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS)()) || null;
  } catch {
    return null;
  }
}

function regionError(name: string, message: string): LookError {
  return new LookError({ port: 'aws', action: 'region', name, message, code: null, status: null });
}

/** The SDK's standard retries, except after a time-out: someone is waiting, and three times five seconds is too long. */
class OnlyQuickRetries extends StandardRetryStrategy {
  override async refreshRetryTokenForRetry(
    token: StandardRetryToken,
    info: RetryErrorInfo,
  ): Promise<StandardRetryToken> {
    if (info.error instanceof Error && info.error.name === 'TimeoutError') throw info.error;
    return super.refreshRetryTokenForRetry(token, info);
  }
}
