import { expect, it } from 'vitest';
import type { Deployment } from './deployment.ts';
import { begin, type LiveService } from './service.ts';
import { briefDeployment } from './service-deployments.ts';
import { ServiceNotes } from './service-notes.ts';

const settings = new ServiceNotes().of('farm', 'cows');
const empty = { deployments: [], history: [], completed: null, events: [], revision: '' };

/** What ListServiceDeployments says of a deployment. */
function status(changes: Partial<Deployment>): unknown {
  const service: LiveService = { arn: 'arn', name: 'cows', cluster: 'farm', settings, ...empty };
  return briefDeployment(service, Object.assign(begin(service, 'cows:2', []), changes)).status;
}

it.each<[string, Partial<Deployment>, string]>([
  ['going on', {}, 'IN_PROGRESS'],
  ['complete', { rollout: 'COMPLETED' }, 'SUCCESSFUL'],
  ['failed, with nothing to go back to', { rollout: 'FAILED' }, 'STOPPED'],
  ['failed, and not yet on the way back', { rollout: 'FAILED', goesBack: true }, 'ROLLBACK_IN_PROGRESS'],
  ['overtaken', { status: 'ACTIVE' }, 'STOPPED'],
])('a deployment that is %s', (_name, changes, expected) => {
  expect(status(changes)).toBe(expected);
});

it('is rolled back when what brings the former version back is complete', () => {
  const back = (rollout: Deployment['rollout']) =>
    status({ rollout: 'FAILED', goesBack: true, rollback: { rollout } as Deployment });
  expect([back('IN_PROGRESS'), back('COMPLETED'), back('FAILED')]).toEqual([
    'ROLLBACK_IN_PROGRESS',
    'ROLLBACK_SUCCESSFUL',
    'ROLLBACK_FAILED',
  ]);
});
