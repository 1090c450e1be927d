import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { BlogStack } from './blog-stack.ts';
import cdk from './cdk.json' with { type: 'json' };
import { changes as chapter3 } from './chapters/chapter-3.ts';
import { changes as chapter5 } from './chapters/chapter-5.ts';

const given = {
  certificateArn: 'arn:aws:acm:ap-northeast-1:123456789012:certificate/0f0e0d0c',
  repository: 'tanaka@1234567/blog-aws-practice@987654321',
};

function templateOf(context: Record<string, string> = {}): Template {
  return Template.fromStack(new BlogStack(new App({ context: { ...cdk.context, ...given, ...context } })));
}

// The first synthesis also loads CloudFormation's own rules.
test('the whole stack', { timeout: 120_000 }, () => {
  expect(templateOf().toJSON()).toMatchSnapshot();
});

test('it is called by the plan’s name, or by the prefix and that name', () => {
  const stackName = (context: Record<string, string>) =>
    new BlogStack(new App({ context: { ...given, ...context } })).stackName;
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

test('without a repository to trust, chapter 3 says how to find its name', () => {
  expect(() => templateOf({ repository: '', until: 'chapter-3' })).toThrow(/gh api repos[^\n]*-c repository=/);
});

test('releases task by task leave the service as chapter 2 made it', () => {
  const serviceOf = (context: Record<string, string>) => templateOf(context).findResources('AWS::ECS::Service');
  expect(serviceOf({ until: 'chapter-3', deployment: 'rolling' })).toEqual(serviceOf({ until: 'chapter-2' }));
});

test('an unknown step is refused with the steps there are', () => {
  expect(() => templateOf({ until: 'chapter-2/netwrk' })).toThrow(
    /until="chapter-2\/netwrk" というステップはありません。.*chapter-2\/network/,
  );
});

describe('each step only adds to the one before', () => {
  const { steps } = new BlogStack(new App({ context: given }));

  test('the steps come in the order of the chapters', () => {
    expect(steps.slice(0, 3)).toEqual(['chapter-1/guardrails', 'chapter-1', 'chapter-2/network']);
    expect(steps).toContain('chapter-2');
  });

  /** What each chapter says that it changes of the earlier ones. */
  const changes: Record<string, Record<string, Record<string, string>>> = {
    'chapter-3': chapter3,
    'chapter-5': chapter5,
  };

  test.each(steps.flatMap((step, index) => steps.slice(index + 1, index + 2).map((next) => [step, next] as const)))(
    '%s → %s',
    (before, after) => {
      const earlier = templateOf({ until: before }).toJSON().Resources;
      const later = templateOf({ until: after }).toJSON().Resources;
      const [chapter = ''] = after.split('/');
      for (const [id, resource] of Object.entries<{ Type: string }>(earlier)) {
        const allowed = Object.keys(changes[chapter]?.[resource.Type] ?? {});
        expect(later).toHaveProperty([id]);
        expect(without(later[id], allowed), id).toEqual(without(resource, allowed));
      }
    },
  );

  const lastBefore = (chapter: string) => steps[steps.findIndex((step) => step.startsWith(`${chapter}/`)) - 1] ?? '';

  test('every change that a chapter tells of is really made, for a reason that says something', () => {
    for (const [chapter, ofTypes] of Object.entries(changes)) {
      const earlier = templateOf({ until: lastBefore(chapter) });
      const later = templateOf({ until: chapter });
      for (const [type, properties] of Object.entries(ofTypes)) {
        for (const [path, reason] of Object.entries(properties)) {
          const at = (of: Template) =>
            Object.values(of.findResources(type)).map((one) => valueAt(one, path.split('.')));
          expect(at(later), `${type} ${path}`).not.toEqual(at(earlier));
          expect(reason.length).toBeGreaterThan(20);
        }
      }
    }
  });
});

/** What stands at a path such as `['Properties', 'LoadBalancers', '0']`. */
function valueAt(value: unknown, path: string[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);
}

/** A copy without what stands at these paths. */
function without(resource: unknown, paths: string[]): unknown {
  const copy = structuredClone(resource);
  for (const path of paths) {
    const keys = path.split('.');
    const holder = valueAt(copy, keys.slice(0, -1));
    if (typeof holder === 'object' && holder !== null) Reflect.deleteProperty(holder, keys.at(-1) ?? '');
  }
  return copy;
}
