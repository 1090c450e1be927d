import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Repository } from '../../find/repositories.ts';
import type { World } from '../../world.ts';
import check from './scan.ts';

const repository = (scanOnPush: boolean): Resource<Repository> => ({
  type: 'AWS::ECR::Repository',
  id: 'my-server',
  arn: null,
  name: null,
  parent: null,
  relations: {},
  origin: 'console',
  properties: { uri: '', scanOnPush, immutableTags: true },
});

test('its own setting, or the registry’s, is enough; neither fails', () => {
  expect(check.judge({ repository: repository(true), byRegistry: false }).status).toBe('pass');
  expect(check.judge({ repository: repository(false), byRegistry: true }).status).toBe('pass');
  expect(check.judge({ repository: repository(false), byRegistry: false })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('my-server'),
    fix: { cli: expect.stringContaining('my-server') },
  });
});

test.each([
  ['my-*', 'SCAN_ON_PUSH', true],
  ['*', 'CONTINUOUS_SCAN', true],
  ['my-server', 'SCAN_ON_PUSH', true],
  ['other-*', 'SCAN_ON_PUSH', false],
  ['my-*', 'MANUAL', false],
])('the registry’s filter %s with %s: %s', async (filter, scanFrequency, covered) => {
  // Only what the check reads of the world.
  const world = {
    choice: { prefix: '' },
    aws: {
      ecr: {
        describeRepositories: async () => ({ repositories: [{ repositoryName: 'my-server' }] }),
        getRegistryScanningConfiguration: async () => ({
          scanningConfiguration: {
            rules: [{ scanFrequency, repositoryFilters: [{ filter, filterType: 'WILDCARD' }] }],
          },
        }),
      },
      cloudformation: { listStackResources: async () => ({}) },
    },
  } as unknown as World;
  expect((await check.read(world)).byRegistry).toBe(covered);
});
