import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { BlogStack } from './blog-stack.ts';
import cdk from './cdk.json' with { type: 'json' };

const certificateArn = 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c';

function templateOf(context: Record<string, string> = {}): Template {
  return Template.fromStack(new BlogStack(new App({ context: { ...cdk.context, certificateArn, ...context } })));
}

test('the whole stack', () => {
  expect(templateOf().toJSON()).toMatchSnapshot();
});

test('it is called by the plan’s name, or by the prefix and that name', () => {
  const stackName = (context: Record<string, string>) =>
    new BlogStack(new App({ context: { certificateArn, ...context } })).stackName;
  expect(stackName({})).toBe('blog-aws-practice');
  expect(stackName({ prefix: 'tanaka' })).toBe('tanaka-blog-aws-practice');
});

test('a prefix begins every name and changes no logical id', () => {
  const prefixed = templateOf({ prefix: 'tanaka' }).toJSON();
  const plain = templateOf().toJSON();
  expect(Object.keys(prefixed.Resources)).toEqual(Object.keys(plain.Resources));
  expect(JSON.stringify(prefixed).replaceAll('tanaka-blog-aws-practice', 'blog-aws-practice')).toBe(
    JSON.stringify(plain),
  );
});

test('a change of zones moves the subnets', () => {
  const subnets = Object.values(templateOf({ availabilityZones: 'c,d' }).findResources('AWS::EC2::Subnet'));
  expect(subnets.map(({ Properties }) => Properties.AvailabilityZone)).toEqual(
    ['c', 'd', 'c', 'd'].map((zone) => `ap-northeast-1${zone}`),
  );
});

test('an unknown step is refused with the steps there are', () => {
  expect(() => templateOf({ until: 'chapter-2/netwrk' })).toThrow(
    /until="chapter-2\/netwrk" というステップはありません。.*chapter-2\/network/,
  );
});

describe('each step only adds to the one before', () => {
  const { steps } = new BlogStack(new App({ context: { certificateArn } }));

  test('the steps come in the order of the chapters', () => {
    expect(steps.slice(0, 3)).toEqual(['chapter-1/guardrails', 'chapter-1', 'chapter-2/network']);
    expect(steps).toContain('chapter-2');
  });

  test.each(steps.flatMap((step, index) => steps.slice(index + 1, index + 2).map((next) => [step, next] as const)))(
    '%s → %s',
    (before, after) => {
      const earlier = templateOf({ until: before }).toJSON().Resources;
      const later = templateOf({ until: after }).toJSON().Resources;
      for (const [id, resource] of Object.entries(earlier)) expect(later).toHaveProperty([id], resource);
    },
  );
});
