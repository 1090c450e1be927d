import type { ModifyRuleInput, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import type { Context } from '../resource-type.ts';
import { join, productionOf, shift } from './production.ts';
import type { Surroundings } from './surroundings.ts';

const service = {
  targetGroupArn: 'blue',
  advancedConfiguration: { alternateTargetGroupArn: 'green', productionListenerRule: 'rule', roleArn: 'role' },
};
const to = (...weights: [string, number][]): Rule => ({
  RuleArn: 'rule',
  Actions: [
    {
      Type: 'forward',
      ForwardConfig: { TargetGroups: weights.map(([TargetGroupArn, Weight]) => ({ TargetGroupArn, Weight })) },
    },
  ],
});
const found = (rule: Rule) => productionOf(service, { fronts: [{ rules: [rule] }] } as unknown as Surroundings);

/** What becomes of the rule. */
async function changed(change: (client: Context['client']) => Promise<void>): Promise<Rule['Actions'] | null> {
  let said: ModifyRuleInput | null = null;
  const modifyRule = async (input: ModifyRuleInput) => {
    said = input;
  };
  await change((() => ({ modifyRule })) as unknown as Context['client']);
  return (said as ModifyRuleInput | null)?.Actions ?? null;
}

it('finds which group is live by the rule’s weights', () => {
  expect(found(to(['blue', 100], ['green', 0]))).toMatchObject({ live: 'blue', idle: 'green', joined: true });
  expect(found(to(['blue', 0], ['green', 100]))).toMatchObject({ live: 'green', idle: 'blue', joined: true });
  expect(found(to(['green', 1]))).toMatchObject({ live: 'green', idle: 'blue', joined: false });
  expect(found({ RuleArn: 'another' })).toMatchObject({ live: 'blue', idle: 'green', joined: true });
  expect(productionOf({ targetGroupArn: 'blue' }, { fronts: [] } as unknown as Surroundings)).toBeNull();
});

it('joins the idle group to a rule that leads to one alone, so that it is checked before it gets a request', async () => {
  const alone = found({ RuleArn: 'rule', Actions: [{ Type: 'forward', TargetGroupArn: 'blue' }] });
  const both = found(to(['blue', 100], ['green', 0]));
  if (!alone || !both) throw new Error('nothing found');
  expect(await changed((client) => join(client, alone))).toEqual(to(['blue', 100], ['green', 0]).Actions);
  expect(await changed((client) => join(client, both))).toBeNull();
});

it('shifts all requests at once, and nothing where they go there already', async () => {
  const both = found(to(['blue', 100], ['green', 0]));
  if (!both) throw new Error('nothing found');
  expect(await changed((client) => shift(client, both, 'green'))).toEqual(to(['blue', 0], ['green', 100]).Actions);
  expect(await changed((client) => shift(client, both, 'blue'))).toBeNull();
});
