import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTrial, type Trial } from './trial.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

const template = (QueryString: string, DashboardBody: string) => ({
  Resources: {
    Query: {
      Type: 'AWS::Logs::QueryDefinition',
      Properties: { Name: 'blog/slow', QueryString, LogGroupNames: ['/a'] },
    },
    Board: {
      Type: 'AWS::CloudWatch::Dashboard',
      Properties: { DashboardName: 'blog', DashboardBody, Tags: [{ Key: 'Project', Value: 'blog' }] },
    },
  },
});
const saved = async () =>
  (
    (await trial.client(CloudWatchLogs).describeQueryDefinitions({ queryDefinitionNamePrefix: 'blog/' }))
      .queryDefinitions ?? []
  ).map(({ name, queryString, logGroupNames }) => ({ name, queryString, logGroupNames }));
const board = async () => (await trial.client(CloudWatch).getDashboard({ DashboardName: 'blog' })).DashboardBody;

it('a stack makes saved queries and a dashboard, changes them in place, and takes them away', async () => {
  expect(await trial.deploy('watching', template('fields @message', '{"widgets":[]}'))).toMatchObject({
    status: 'CREATE_COMPLETE',
  });
  await trial.restart();
  expect(await saved()).toEqual([{ name: 'blog/slow', queryString: 'fields @message', logGroupNames: ['/a'] }]);
  const changed = JSON.stringify({ widgets: [{ type: 'text', properties: { markdown: 'x' } }] });
  expect(await trial.deploy('watching', template('fields ms', changed))).toMatchObject({ status: 'UPDATE_COMPLETE' });
  expect((await saved()).map(({ queryString }) => queryString)).toEqual(['fields ms']);
  expect(await board()).toBe(changed);
  await trial.deploy('watching', { Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
  expect(await saved()).toEqual([]);
  await expect(board()).rejects.toThrow();
});

it('what was never saved can’t be deleted', async () => {
  await expect(trial.client(CloudWatchLogs).deleteQueryDefinition({ queryDefinitionId: 'x' })).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
});
