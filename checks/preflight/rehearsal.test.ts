import { Budgets } from '@aws-sdk/client-budgets';
import { EC2 } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judge } from '../corpus/judged.ts';
import { type Moto, startMoto } from '../corpus/moto.ts';

// The checks that look at AWS, over the wire, as the rehearsal's own user.

let moto: Moto;
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

beforeAll(async () => {
  moto = await startMoto();
  // Answers when it is up. An emulator loads each service on its first call, which may outlast a check's time limit.
  await moto.account();
  await new EC2({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials }).describeAvailabilityZones({});
});
afterAll(() => moto.stop());

const statuses = async (step: string) => {
  const { results } = await judge(`preflight/${step}`, { endpoint: moto.endpoint, credentials });
  return Object.fromEntries([...results].map(([id, { status }]) => [id, status]));
};

test('nothing that a rehearsal can not have fails, and nothing is unknown', async () => {
  expect(await statuses('account')).toEqual({ plan: 'pass', 'root-mfa': 'pass' });
  expect(await statuses('login')).toEqual({
    'access-keys': 'pass',
    bootstrap: 'pass',
    identity: 'pass',
    region: 'pass',
  });
  expect(await statuses('budget')).toEqual({ monthly: 'pass', credits: 'pass', subscriber: 'pass' });
});

test('a budget that is made there is judged as in AWS', async () => {
  const budgets = new Budgets({ endpoint: moto.endpoint, region: 'us-east-1', credentials });
  const AccountId = '123456789012';
  const Budget = {
    BudgetName: 'workbook',
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: '20', Unit: 'USD' },
  } as const;
  await budgets.createBudget({ AccountId, Budget });
  expect(await statuses('budget')).toEqual({ monthly: 'pass', credits: 'fail', subscriber: 'fail' });
  await budgets.deleteBudget({ AccountId, BudgetName: 'workbook' });

  await budgets.createBudget({
    AccountId,
    Budget: { ...Budget, CostTypes: { IncludeCredit: false } },
    NotificationsWithSubscribers: [
      {
        Notification: { NotificationType: 'ACTUAL', ComparisonOperator: 'GREATER_THAN', Threshold: 50 },
        Subscribers: [{ SubscriptionType: 'EMAIL', Address: 'you@example.com' }],
      },
    ],
  });
  expect(await statuses('budget')).toEqual({ monthly: 'pass', credits: 'pass', subscriber: 'pass' });
});
