import { createServer, type Server } from 'node:http';
import { ECS } from '@aws-sdk/client-ecs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { deploy } from './deployment.ts';
import { register } from './register.ts';

/** What ECS answers, by action; a list is answered one after the other, its last for ever. */
type Answers = Record<string, object | object[]>;

let server: Server;
let ecs: ECS;
let answers: Answers;
let asked: { action: string; input: Record<string, unknown> }[];

beforeEach(async () => {
  asked = [];
  server = createServer(async (request, response) => {
    const action = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
    asked.push({ action, input: JSON.parse(Buffer.concat(await request.toArray()).toString()) });
    const answer = answers[action] ?? {};
    const now = Array.isArray(answer) ? (answer.length > 1 ? answer.shift() : answer[0]) : answer;
    response.setHeader('content-type', 'application/x-amz-json-1.1').end(JSON.stringify(now));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
  ecs = new ECS({ endpoint: `http://127.0.0.1:${port}`, region: 'ap-northeast-1', credentials });
});
afterEach(() => {
  ecs.destroy();
  server.close();
});

const place = { cluster: 'blog', service: 'web' };
const running = 'arn:aws:ecs:ap-northeast-1:1:task-definition/task:7';
const next = 'arn:aws:ecs:ap-northeast-1:1:task-definition/task:8';
const active = { services: [{ status: 'ACTIVE', taskDefinition: running }] };

describe('register', () => {
  const definition = {
    taskDefinition: {
      taskDefinitionArn: running,
      family: 'task',
      revision: 7,
      status: 'ACTIVE',
      registeredBy: 'arn:aws:iam::1:user/me',
      requiresAttributes: [{ name: 'x' }],
      cpu: '256',
      containerDefinitions: [
        { name: 'server', image: 'registry/blog@sha256:old', memory: 5 },
        { name: 'proxy', image: 'registry/proxy:1' },
      ],
    },
  };

  test('replaces one image of what runs now, and sends nothing that is AWS’s own', async () => {
    const registered = { taskDefinition: { taskDefinitionArn: next } };
    answers = { DescribeServices: active, DescribeTaskDefinition: definition, RegisterTaskDefinition: registered };
    const image = 'registry/blog@sha256:new';
    expect(await register(ecs, place, { container: 'server', image })).toBe(next);
    expect(asked.at(-1)).toEqual({
      action: 'RegisterTaskDefinition',
      input: {
        family: 'task',
        cpu: '256',
        containerDefinitions: [
          { name: 'server', image, memory: 5 },
          { name: 'proxy', image: 'registry/proxy:1' },
        ],
      },
    });
  });

  test('the image that runs already is not registered again', async () => {
    answers = { DescribeServices: active, DescribeTaskDefinition: definition };
    const image = 'registry/blog@sha256:old';
    expect(await register(ecs, place, { container: 'server', image })).toBe(running);
    expect(asked.map(({ action }) => action)).not.toContain('RegisterTaskDefinition');
  });

  test('a wrong container or service is named', async () => {
    answers = { DescribeServices: active, DescribeTaskDefinition: definition };
    const change = { container: 'servr', image: 'x' };
    await expect(register(ecs, place, change)).rejects.toThrow(
      /servr というコンテナはありません（あるのは server、proxy）/,
    );
    answers = { DescribeServices: { services: [] } };
    await expect(register(ecs, place, change)).rejects.toThrow(/クラスター blog に、サービス web が見つかりません/);
  });
});

describe('deploy', () => {
  const said: string[] = [];
  const options = { seconds: 0.01, patience: 1, say: (line: string) => said.push(line) };
  const deployment = (id: string, status: string, statusReason = '') => ({
    serviceDeploymentArn: id,
    status,
    statusReason,
    createdAt: 1,
  });
  const old = deployment('old', 'SUCCESSFUL');
  const withOld = (...newer: object[]) => ({ serviceDeployments: [...newer, old] });

  test('waits for its own deployment, not for an earlier one that succeeded', async () => {
    answers = {
      DescribeServices: active,
      ListServiceDeployments: [
        withOld(),
        withOld(),
        withOld(deployment('new', 'IN_PROGRESS')),
        withOld(deployment('new', 'SUCCESSFUL')),
      ],
    };
    expect(await deploy(ecs, place, next, options)).toEqual({ status: 'SUCCESSFUL', reason: '', arn: 'new' });
    expect(asked.find(({ action }) => action === 'UpdateService')?.input).toEqual({ ...place, taskDefinition: next });
    expect(said).toEqual(['デプロイ: PENDING', 'デプロイ: IN_PROGRESS', 'デプロイ: SUCCESSFUL']);
  });

  test.each(['ROLLBACK_SUCCESSFUL', 'ROLLBACK_FAILED', 'STOPPED'])('%s is an end too, with the reason', async (end) => {
    answers = {
      DescribeServices: active,
      ListServiceDeployments: [withOld(), withOld(deployment('new', end, 'alarm'))],
    };
    expect(await deploy(ecs, place, next, options)).toEqual({ status: end, reason: 'alarm', arn: 'new' });
  });

  test('the revision that runs already changes nothing', async () => {
    answers = { DescribeServices: active };
    expect(await deploy(ecs, place, running, options)).toMatchObject({ status: 'UNCHANGED' });
    expect(asked.map(({ action }) => action)).toEqual(['DescribeServices']);
  });

  test('patience ends', async () => {
    answers = { DescribeServices: active, ListServiceDeployments: withOld() };
    await expect(deploy(ecs, place, next, { ...options, patience: 0.001 })).rejects.toThrow('いまは PENDING');
  });
});
