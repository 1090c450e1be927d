import { z } from 'zod';

export const region = 'ap-northeast-1';
export const accountId = '123456789012';

/** What a resource type has at hand while it works on one resource. */
export interface Context {
  /** An SDK client for the rehearsal, one per class. */
  client: <Client>(Class: new (config: ClientConfig) => Client) => Client;
  stackName: string;
  stackId: string;
  logicalId: string;
  /** What the template wants to happen when the resource goes, e.g. `Snapshot`. */
  deletionPolicy: string;
  /** Whether tasks really run, so that a service can be waited for. */
  live: boolean;
  /** A name such as CloudFormation gives to what has none: `stack-LogicalId-1A2B3C4D5E6F`, cut to the length allowed. */
  generatedName: (maximum: number) => string;
}

export interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  forcePathStyle?: boolean;
}

/** A resource as CloudFormation sees it once it exists: what Ref gives, and what Fn::GetAtt gives by attribute. */
export interface Made {
  id: string;
  attributes?: Record<string, string>;
}

/**
 * How one CloudFormation resource type is made of SDK calls. Its file is named from the type:
 * `AWS::EC2::VPC` is `types/ec2-vpc.ts`.
 */
export interface ResourceType<Properties extends object = object> {
  type: string;
  /** Every property that the rehearsal carries out; any other fails the stack. */
  properties: z.ZodType<Properties> & { shape: Record<string, unknown> };
  /** Properties whose change makes a new resource. */
  replacedBy: readonly (keyof Properties & string)[];
  /**
   * Properties that can change in place, each with what carries the change out; it may give new attributes.
   * A property that is in neither list can't change: the stack fails and says so.
   */
  updates: {
    [Name in keyof Properties & string]?: (
      made: Made,
      next: Properties,
      context: Context,
      before: Properties,
    ) => Promise<Made> | Promise<void>;
  };
  /** Makes it; as soon as it exists, so that a failure afterwards can take it away again. */
  create: (properties: Properties, context: Context) => Promise<Made>;
  /** What is left to do once it exists; may give attributes that only exist then. */
  configure?: (made: Made, properties: Properties, context: Context) => Promise<Made> | Promise<void>;
  remove: (made: Made, properties: Properties, context: Context) => Promise<void>;
}

/** A field of an answer that AWS always gives, though its type says that it may be missing. */
export function given<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('AWS の応答に、あるはずの値がありませんでした。');
  return value;
}

/** A property that goes to the service as the template gives it; the service judges it. */
export const passedOn = <Value>() => z.custom<Value>((value) => value !== undefined);

/** The identity function: it ties the functions of a type to the shape of its properties. */
export function defineResourceType<Properties extends object>(
  definition: ResourceType<Properties>,
): ResourceType<Properties> {
  return definition;
}
