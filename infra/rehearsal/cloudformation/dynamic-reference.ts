import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { SSM } from '@aws-sdk/client-ssm';
import type { Context } from '../resource-type.ts';
import { type Json, type JsonObject, textOf } from './template.ts';

const reference = /\{\{resolve:(ssm|ssm-secure|secretsmanager):([^}]+)\}\}/g;

/**
 * Replaces `{{resolve:ssm:…}}` and `{{resolve:secretsmanager:…}}` by the values they name. Done just before a resource is
 * made, and never kept.
 *
 * @throws Error where there is no such parameter, secret or JSON key
 */
export async function resolveDynamicReferences(properties: JsonObject, context: Context): Promise<JsonObject> {
  return (await resolve(properties, context)) as JsonObject;
}

async function resolve(value: Json, context: Context): Promise<Json> {
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolve(item, context)));
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).map(async ([key, inner]) => [key, await resolve(inner, context)] as const);
    return Object.fromEntries(await Promise.all(entries));
  }
  if (typeof value !== 'string' || !value.includes('{{resolve:')) return value;
  let text = value;
  for (const [whole, service = '', address = ''] of value.matchAll(reference)) {
    const found = service === 'secretsmanager' ? await secret(address, context) : await parameter(address, context);
    text = text.replace(whole, () => found);
  }
  return text;
}

/** `name-or-arn:SecretString:json-key:version-stage:version-id`, all but the first optional. */
async function secret(address: string, context: Context): Promise<string> {
  const parts = /^(arn:[^:]+:secretsmanager:[^:]+:\d+:secret:[^:]+|[^:]+)(?::SecretString)?(?::([^:]*))?/.exec(address);
  const [, id = '', key = ''] = parts ?? [];
  const { SecretString = '' } = await context.client(SecretsManager).getSecretValue({ SecretId: id });
  if (key === '') return SecretString;
  const value = (JSON.parse(SecretString) as JsonObject)[key];
  if (value === undefined) throw new Error(`Could not find a value associated with JSONKey in SecretString: ${key}`);
  return textOf(value);
}

async function parameter(address: string, context: Context): Promise<string> {
  const { Parameter } = await context.client(SSM).getParameter({ Name: address, WithDecryption: true });
  return Parameter?.Value ?? '';
}
