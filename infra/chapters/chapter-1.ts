import type { BlogStack } from '../blog-stack.ts';
import { names } from '../blueprint.ts';
import { Guardrails } from '../constructs/guardrails.ts';
import type { Parameters } from '../parameters.ts';

/** What chapter 1 built, for the chapters after it. */
export interface Chapter1 {
  guardrails: Guardrails;
}

/** 第1章 ローカル環境: nothing of the blog yet, but what warns and remembers before anything costs. */
export function* chapter1(stack: BlogStack, parameters: Parameters): Generator<string, Chapter1> {
  const guardrails = new Guardrails(stack, 'Guardrails', {
    limit: parameters.budget,
    alertEmail: parameters.alertEmail,
    names: names(parameters.prefix),
  });
  yield 'chapter-1/guardrails';

  yield 'chapter-1';
  return { guardrails };
}
