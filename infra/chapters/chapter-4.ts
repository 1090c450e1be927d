import type { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { Observability } from '../constructs/observability.ts';
import type { Parameters } from '../parameters.ts';
import type { Chapter1 } from './chapter-1.ts';
import type { Chapter2 } from './chapter-2.ts';
import type { Chapter3 } from './chapter-3.ts';

/** What chapter 4 built, for the chapters after it. */
export interface Chapter4 {
  observability: Observability;
}

/** 第4章 結合: who may call is a parameter of chapter 2's task (`corsOrigins`); what is added here watches. */
export function* chapter4(
  stack: BlogStack,
  parameters: Parameters,
  { guardrails, network, loadBalancer, service, database, blueGreen }: Chapter1 & Chapter2 & Chapter3,
): Generator<string, Chapter4> {
  const observability = new Observability(stack, 'Observability', {
    vpc: network.vpc,
    topic: guardrails.topic,
    loadBalancer: loadBalancer.loadBalancer,
    targetGroups: [loadBalancer.targetGroup, ...(blueGreen ? [blueGreen.alternateTargetGroup] : [])],
    service: service.service,
    database: database.cluster,
    names: names(parameters.prefix),
  });
  yield 'chapter-4/observability';

  yield 'chapter-4';
  return { observability };
}
