type Item = Record<string, unknown>;

/** A recorded answer with each item of one of its lists replaced, e.g. `each(output, 'NatGateways', (nat) => ({ ...nat, State: 'failed' }))`. */
export function each(answer: unknown, list: string, replace: (item: Item) => Item): Item {
  const whole = answer as Item;
  return { ...whole, [list]: (whole[list] as Item[]).map(replace) };
}
