import type { Budgets } from '@aws-sdk/client-budgets';
import type { CloudFormation } from '@aws-sdk/client-cloudformation';
import type { EC2 } from '@aws-sdk/client-ec2';
import type { IAM } from '@aws-sdk/client-iam';
import type { STS } from '@aws-sdk/client-sts';

/** The reading half of an SDK client: one promise per call, all pages already joined into one answer. */
export type Reads<Client> = {
  // The three last overloads of an SDK method: promise, callback, options and callback.
  [Name in keyof Client as Name extends `${'describe' | 'list' | 'get' | 'lookup' | 'search' | 'simulate' | 'batchGet'}${string}`
    ? Name
    : never]: Client[Name] extends {
    (input: infer Input, options?: never): Promise<infer Output>;
    (input: never, callback: never): void;
    (input: never, options: never, callback: never): void;
  }
    ? (input: Input) => Promise<Output>
    : never;
};

/**
 * AWS, read-only. `await aws.ec2.describeVpcs({})`.
 * A client is loaded when first used; identical calls within a run are made once.
 */
export interface Aws {
  budgets: Reads<Budgets>;
  cloudformation: Reads<CloudFormation>;
  ec2: Reads<EC2>;
  iam: Reads<IAM>;
  sts: Reads<STS>;
}
