import { readFile } from 'node:fs/promises';
import { App } from 'aws-cdk-lib';
import { BlogStack } from '../../blog-stack.ts';
import { CommandError } from '../command.ts';

/** A synthesized stack: what the CDK deploys, and its template. */
export interface Assembly {
  /** Folder that `cdk --app` takes. */
  directory: string;
  stackName: string;
  resources: Record<string, { Type: string; Properties?: Record<string, unknown> }>;
}

const configuration = new URL('../../cdk.json', import.meta.url);

/** The feature flags of `cdk.json`, which the CDK's own CLI would pass on. */
async function flags(): Promise<Record<string, unknown>> {
  const { context } = JSON.parse(await readFile(configuration, 'utf8')) as { context: Record<string, unknown> };
  return context;
}

/**
 * Makes the stack with this context (`until`, and parameters by name), the same as `cdk synth` would.
 *
 * @param directory where to put the assembly
 * @throws CommandError with the Japanese sentence, for a parameter that can't be used
 */
export async function synthesize(context: Record<string, string>, directory: string): Promise<Assembly> {
  const app = new App({
    context: { ...(await flags()), ...context },
    // The tests judge the template by CloudFormation's rules; here they would only take time.
    builtinCloudFormationValidation: false,
    outdir: directory,
    analyticsReporting: false,
  });
  try {
    const { artifactId } = new BlogStack(app);
    const artifact = app.synth().getStackArtifact(artifactId);
    const { Resources = {} } = artifact.template as { Resources?: Assembly['resources'] };
    return { directory, stackName: artifact.stackName, resources: Resources };
  } catch (error) {
    throw new CommandError((error as Error).message);
  }
}

/** Stands for the learner's GitHub repository, where nothing is deployed by it. */
export const repositoryToCome = 'owner@0/repository@0';

/** Ids of all steps and chapters that the CDK can build, in their order, e.g. `chapter-2/network`, …, `chapter-2`. */
export function steps(): string[] {
  // Either way of HTTPS has the same steps; this one needs no certificate.
  return new BlogStack(new App({ context: { https: 'cloudfront', repository: repositoryToCome } })).steps;
}
