import { type App, Stack, Tags } from 'aws-cdk-lib';
import { blueprint, names } from './blueprint.ts';
import { chapter1 } from './chapters/chapter-1.ts';
import { chapter2 } from './chapters/chapter-2.ts';
import { chapter3 } from './chapters/chapter-3.ts';
import { chapter4 } from './chapters/chapter-4.ts';
import { chapter5 } from './chapters/chapter-5.ts';
import { type Parameters, parameterNames, readParameters } from './parameters.ts';

/** Every chapter's increment, one after the other; yields the id of each step and chapter once it is complete. */
function* chapters(stack: BlogStack, parameters: Parameters): Generator<string, void> {
  const guarded = yield* chapter1(stack, parameters);
  const infrastructure = yield* chapter2(stack, parameters);
  const released = yield* chapter3(stack, parameters, infrastructure);
  yield* chapter4(stack, parameters, { ...guarded, ...infrastructure, ...released });
  yield* chapter5(stack, parameters, infrastructure);
}

/**
 * The one stack of the blog; it grows by chapter and holds one environment.
 * Context: `until` (a step or chapter, e.g. `chapter-2/network`: nothing after it is added) and every parameter by its name.
 */
export class BlogStack extends Stack {
  /** Names of the two availability zones in use. */
  readonly zones: [string, string];
  /** Ids of the steps and chapters that this stack holds, in their order; without `until` all there are. */
  readonly steps: string[] = [];

  /** @throws Error in Japanese, for an unknown step or a parameter that can't be used. */
  constructor(app: App) {
    const context = (name: string): unknown => app.node.tryGetContext(name) ?? undefined;
    const parameters = readParameters(Object.fromEntries(parameterNames.map((name) => [name, context(name)])));
    const { region, availabilityZones } = parameters;
    const { stack } = names(parameters.prefix);
    // The construct's own id never has the prefix: some logical ids are made from it.
    super(app, blueprint.project, {
      stackName: stack,
      env: { region },
      description: 'blog-aws-practice: GraphQL ブログの AWS 環境',
    });
    this.zones = [`${region}${availabilityZones[0]}`, `${region}${availabilityZones[1]}`];
    Tags.of(this).add('Project', stack);
    this.#build(parameters, context('until'));
  }

  /** Given here, so that the CDK needs neither an account nor a look-up to know them. */
  override get availabilityZones(): string[] {
    return this.zones;
  }

  #build(parameters: Parameters, until: unknown): void {
    for (const step of chapters(this, parameters)) {
      this.steps.push(step);
      if (step === until) return;
    }
    if (until !== undefined) {
      throw new Error(
        `until=${JSON.stringify(until)} というステップはありません。次のどれかを指定してください: ${this.steps.join('、')}。`,
      );
    }
  }
}
