import type { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { Network } from '../constructs/network.ts';
import type { Parameters } from '../parameters.ts';

/** What chapter 2 built, for the chapters after it. */
export interface Chapter2 {
  network: Network;
}

/** 第2章 AWSインフラ: adds one part after the other; each `yield` names the step that is complete there. */
export function* chapter2(stack: BlogStack, parameters: Parameters): Generator<string, Chapter2> {
  const network = new Network(stack, 'Network', {
    availabilityZones: stack.zones,
    natGateways: parameters.natGateways,
    names: names(parameters.prefix),
  });
  yield 'chapter-2/network';

  yield 'chapter-2';
  return { network };
}
