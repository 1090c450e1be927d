import { accountId, region } from '../resource-type.ts';
import { CloudFormationError } from './error.ts';
import { knownAfter, type Scope } from './evaluate.ts';
import type { Deployment, ResourceRecord, Stack, Stacks } from './stack.ts';

/**
 * What a deployment's functions can look up in a stack.
 *
 * @param unknown whether a resource's id and attributes will only be known after the change
 */
export function scopeOf(
  stack: Stack,
  { template, values }: Deployment,
  stacks: Stacks,
  unknown: (logicalId: string) => boolean = () => false,
): Scope & { imports: Set<string> } {
  const imports = new Set<string>();
  const record = (logicalId: string): ResourceRecord | undefined => stack.resources[logicalId];
  return {
    imports,
    values: {
      'AWS::Region': region,
      'AWS::AccountId': accountId,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stack.name,
      'AWS::StackId': stack.id,
      'AWS::NotificationARNs': [],
      ...values,
    },
    conditions: template.Conditions ?? {},
    mappings: template.Mappings ?? {},
    ref: (logicalId) => (unknown(logicalId) ? knownAfter : record(logicalId)?.id),
    attribute: (logicalId, attribute) => {
      if (unknown(logicalId)) return knownAfter;
      const value = record(logicalId)?.attributes[attribute];
      if (value === undefined) {
        throw new CloudFormationError(
          'ValidationError',
          `Template error: resource ${logicalId} does not support attribute type ${attribute} in Fn::GetAtt（リハーサルにはこの属性がありません）`,
        );
      }
      return value;
    },
    zones: (name) => ['a', 'c', 'd'].map((letter) => `${name}${letter}`),
    imported: (name) => {
      imports.add(name);
      const found = stacks.exports().find((each) => each.name === name);
      if (!found) throw new CloudFormationError('ValidationError', `No export named ${name} found.`);
      return found.value;
    },
  };
}
