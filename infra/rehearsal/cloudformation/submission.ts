import { S3 } from '@aws-sdk/client-s3';
import { SSM } from '@aws-sdk/client-ssm';
import type { Context } from '../resource-type.ts';
import { CloudFormationError } from './error.ts';
import type { Deployment, Stack } from './stack.ts';
import { type Json, type ParameterDefinition, readTemplate, textOf } from './template.ts';

/** Members of a list in a query-protocol form, e.g. `Tags.member.1.Key`. */
export function listOf(form: Record<string, string>, name: string): Record<string, string>[] {
  const items: Record<string, string>[] = [];
  for (const [key, value] of Object.entries(form)) {
    const found = new RegExp(`^${name}\\.member\\.(\\d+)(?:\\.(.+))?$`).exec(key);
    if (!found) continue;
    const index = Number(found[1]) - 1;
    items[index] = { ...items[index], [found[2] ?? '']: value };
  }
  return items.filter(Boolean);
}

/** Members of a list of plain texts, e.g. `Capabilities.member.1`. */
export const textsOf = (form: Record<string, string>, name: string): string[] =>
  listOf(form, name).map((item) => item[''] ?? '');

/** The template text of a call: given in it, kept in S3, or the stack's own. */
export async function bodyOf(
  form: Record<string, string>,
  stack: Stack | undefined,
  context: Context,
): Promise<string> {
  if (form.TemplateBody) return form.TemplateBody;
  if (form.TemplateURL) return fetchTemplate(form.TemplateURL, context);
  if (stack?.deployment && form.UsePreviousTemplate === 'true') return stack.deployment.body;
  throw new CloudFormationError('ValidationError', 'Either Template URL or Template Body must be specified.');
}

/** A template from the rehearsal's S3, addressed by path or by host. */
async function fetchTemplate(url: string, context: Context): Promise<string> {
  const { hostname, pathname } = new URL(url);
  const byHost = /^(.+)\.s3[.-]/.exec(hostname)?.[1];
  const [first = '', ...rest] = decodeURIComponent(pathname).slice(1).split('/');
  const [Bucket, Key] = byHost ? [byHost, [first, ...rest].join('/')] : [first, rest.join('/')];
  const found = await context.client(S3).getObject({ Bucket, Key });
  return (await found.Body?.transformToString()) ?? '';
}

/**
 * All that a call asks to be deployed: template, parameters (given, previous or default), tags.
 *
 * @throws CloudFormationError where the template or a parameter can't be used
 */
export async function submissionOf(
  form: Record<string, string>,
  stack: Stack | undefined,
  context: Context,
): Promise<Deployment> {
  const body = await bodyOf(form, stack, context);
  const template = readTemplate(body);
  const given = new Map(listOf(form, 'Parameters').map((parameter) => [parameter.ParameterKey ?? '', parameter]));
  const parameters: Record<string, string> = {};
  const values: Record<string, Json> = {};
  for (const [name, definition] of Object.entries(template.Parameters ?? {})) {
    const { ParameterValue, UsePreviousValue } = given.get(name) ?? {};
    const previous = UsePreviousValue === 'true' ? stack?.deployment?.parameters[name] : undefined;
    const value =
      ParameterValue ?? previous ?? (definition.Default === undefined ? undefined : textOf(definition.Default));
    if (value === undefined) {
      throw new CloudFormationError('ValidationError', `Parameters: [${name}] must have values`);
    }
    if (definition.AllowedValues && !definition.AllowedValues.map(textOf).includes(value)) {
      throw new CloudFormationError(
        'ValidationError',
        `Parameter '${name}' must be one of AllowedValues: [${definition.AllowedValues.map(textOf).join(', ')}]`,
      );
    }
    parameters[name] = value;
    values[name] = await parameterValue(definition, value, context);
  }
  const undeclared = [...given.keys()].filter((name) => !(name in (template.Parameters ?? {})));
  if (undeclared.length > 0) {
    throw new CloudFormationError(
      'ValidationError',
      `Parameters: [${undeclared.join(', ')}] do not exist in the template`,
    );
  }
  return {
    template,
    body,
    parameters,
    values,
    tags: listOf(form, 'Tags').map(({ Key = '', Value = '' }) => ({ Key, Value })),
    capabilities: textsOf(form, 'Capabilities'),
    roleArn: form.RoleARN ?? null,
  };
}

async function parameterValue({ Type }: ParameterDefinition, value: string, context: Context): Promise<Json> {
  const list = (text: string) => text.split(',').map((item) => item.trim());
  const stored = /^AWS::SSM::Parameter::Value<(.+)>$/.exec(Type)?.[1];
  if (stored !== undefined) {
    const { Parameter } = await context
      .client(SSM)
      .getParameter({ Name: value })
      .catch((error: Error) => {
        if (error.name !== 'ParameterNotFound') throw error;
        throw new CloudFormationError(
          'ValidationError',
          `Unable to fetch parameters [${value}] from parameter store for this account.`,
        );
      });
    const text = Parameter?.Value ?? '';
    return stored.startsWith('List<') || stored === 'CommaDelimitedList' ? list(text) : text;
  }
  return Type === 'CommaDelimitedList' || Type.startsWith('List<') ? list(value) : value;
}
