import { Sha256 } from '@smithy/core/checksum';
import { HttpRequest } from '@smithy/core/protocols';
import { SignatureV4 } from '@smithy/signature-v4';
import type { ClientConfig } from './settings.ts';

/** The account's plan, as freetier:GetAccountPlanState tells. `accountPlanType` is FREE or PAID. */
export interface AccountPlanState {
  accountId: string;
  accountPlanType: 'FREE' | 'PAID';
  accountPlanStatus: 'NOT_STARTED' | 'ACTIVE' | 'EXPIRED';
  accountPlanRemainingCredits?: { amount: number; unit: string };
  accountPlanExpirationDate?: string;
}

/**
 * Asks AWS for the account's plan. The SDK's own package for this service isn't used: it is one call, and the
 * protocol (JSON 1.0, one global endpoint signed for us-east-1) is stated in botocore's `freetier/2023-09-07` model.
 */
export async function accountPlanState(config: ClientConfig): Promise<AccountPlanState> {
  const endpoint =
    config.endpoint ??
    process.env.AWS_ENDPOINT_URL_FREETIER ??
    process.env.AWS_ENDPOINT_URL ??
    'https://freetier.us-east-1.api.aws';
  const url = new URL(endpoint);
  const request = new HttpRequest({
    method: 'POST',
    protocol: url.protocol,
    hostname: url.hostname,
    ...(url.port ? { port: Number(url.port) } : {}),
    path: '/',
    headers: {
      host: url.host,
      'content-type': 'application/x-amz-json-1.0',
      'x-amz-target': 'AWSFreeTierService.GetAccountPlanState',
    },
    body: '{}',
  });
  const signer = new SignatureV4({
    service: 'freetier',
    region: 'us-east-1',
    credentials: config.credentials,
    sha256: Sha256,
  });
  const { response } = await config.requestHandler.handle((await signer.sign(request)) as HttpRequest);
  const text = await readAll(response.body);
  if (response.statusCode === 200) return JSON.parse(text) as AccountPlanState;
  throw refusal(response.statusCode, text);
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of body) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

/** The service's error in the form of the SDK's own: its name, message and HTTP status. */
function refusal(status: number, text: string): Error {
  let body: unknown = null;
  try {
    body = JSON.parse(text);
  } catch {
    // Not JSON: an endpoint that doesn't know this service.
  }
  const type = typeof body === 'object' && body !== null && '__type' in body ? String(body.__type) : 'UnknownOperation';
  const message =
    typeof body === 'object' && body !== null && 'message' in body ? String(body.message) : `HTTP ${status}`;
  const error = new Error(message);
  error.name = type.split('#').at(-1) ?? type;
  return Object.assign(error, { $metadata: { httpStatusCode: status } });
}
