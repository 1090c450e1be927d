import { z } from 'zod';
import { Kept } from './kept.ts';
import { type Answer, errorAnswer, jsonAnswer, type Operation } from './wire.ts';

const put = z.object({
  queryDefinitionId: z.string().optional(),
  name: z.string(),
  queryString: z.string(),
  logGroupNames: z.array(z.string()).optional(),
});

type Definition = z.infer<typeof put> & { queryDefinitionId: string; lastModified: number };

/** The saved queries of CloudWatch Logs, which moto doesn't know: kept and told, never run. */
export class QueryDefinitions {
  readonly #kept: Kept<Definition>;

  private constructor(kept: Kept<Definition>) {
    this.#kept = kept;
  }

  static async open(file: string): Promise<QueryDefinitions> {
    return new QueryDefinitions(await Kept.open(file));
  }

  reset(): Promise<void> {
    return this.#kept.replace([]);
  }

  /** The answer to a call about them; null for any other. */
  async answer({ service, action }: Operation, body: Buffer): Promise<Answer | null> {
    if (service !== 'logs' || !/QueryDefinitions?$/.test(action)) return null;
    const request: unknown = JSON.parse(body.toString() || '{}');
    switch (action) {
      case 'PutQueryDefinition': {
        const { queryDefinitionId: id = crypto.randomUUID(), ...asked } = put.parse(request);
        const others = this.#kept.items.filter((one) => one.queryDefinitionId !== id);
        await this.#kept.replace([...others, { ...asked, queryDefinitionId: id, lastModified: Date.now() }]);
        return jsonAnswer({ queryDefinitionId: id });
      }
      case 'DescribeQueryDefinitions': {
        const { queryDefinitionNamePrefix: prefix = '' } = z
          .object({ queryDefinitionNamePrefix: z.string().optional() })
          .parse(request);
        return jsonAnswer({ queryDefinitions: this.#kept.items.filter(({ name }) => name.startsWith(prefix)) });
      }
      case 'DeleteQueryDefinition': {
        const { queryDefinitionId: id } = z.object({ queryDefinitionId: z.string() }).parse(request);
        const left = this.#kept.items.filter((one) => one.queryDefinitionId !== id);
        if (left.length === this.#kept.items.length) {
          return errorAnswer(
            'json',
            400,
            'ResourceNotFoundException',
            'The specified query definition does not exist.',
          );
        }
        await this.#kept.replace(left);
        return jsonAnswer({ success: true });
      }
      default:
        return null;
    }
  }
}
