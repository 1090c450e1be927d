import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Moto, startMoto } from '../corpus/moto.ts';
import { explainer } from '../unknown.ts';
import type { AwsSettings } from './aws/settings.ts';
import { type AwsPort, awsPort } from './aws.ts';
import { isNotThere } from './look-error.ts';
import { recordingTape, replayTape, type Tape } from './tape.ts';

const KEY = { accessKeyId: 'test', secretAccessKey: 'test' };
const opened: AwsPort[] = [];
afterEach(() => {
  for (const port of opened.splice(0)) port.close();
});

function portTo(endpoint: string, tape: Tape = recordingTape(), settings: Partial<AwsSettings> = {}): AwsPort {
  const port = awsPort({ region: 'ap-northeast-1', deliberate: true, endpoint, credentials: KEY, ...settings }, tape);
  opened.push(port);
  return port;
}

describe('against moto', () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    await moto.account();
  });
  afterAll(() => moto.stop());

  test('all pages come as one answer, and a page size of one’s own gets one page', async () => {
    const logs = new CloudWatchLogs({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials: KEY });
    for (let i = 0; i < 60; i += 1) await logs.createLogGroup({ logGroupName: `group-${i}` });
    logs.destroy();
    const { aws } = portTo(moto.endpoint);
    // A page of this operation holds at most 50.
    expect((await aws.logs.describeLogGroups({})).logGroups).toHaveLength(60);
    expect((await aws.logs.describeLogGroups({ limit: 3 })).logGroups).toHaveLength(3);
  });

  test('no secret and no plain environment value leaves the port: not in answers, not in the recording', async () => {
    const canary = 'CANARY-5f0c2b';
    const client = { endpoint: moto.endpoint, region: 'ap-northeast-1', credentials: KEY };
    const ecs = new ECS(client);
    const secrets = new SecretsManager(client);
    await ecs.registerTaskDefinition({
      family: 'blog',
      containerDefinitions: [
        {
          name: 'server',
          image: 'x',
          memory: 128,
          environment: [{ name: 'DB_PASSWORD', value: canary }],
          command: ['node', `postgres://blog:${canary}@db:5432/blog`],
          secrets: [{ name: 'URL', valueFrom: 'arn:aws:secretsmanager:x' }],
        },
      ],
    });
    const { ARN = '' } = await secrets.createSecret({
      Name: 'blog',
      SecretString: JSON.stringify({ DATABASE_URL: canary, ' supabase': '' }),
    });
    const plain = await secrets.createSecret({ Name: 'plain', SecretString: canary });
    ecs.destroy();
    secrets.destroy();

    const tape = recordingTape();
    const { aws } = portTo(moto.endpoint, tape);
    const { taskDefinition } = await aws.ecs.describeTaskDefinition({ taskDefinition: 'blog' });
    expect(taskDefinition?.containerDefinitions?.[0]?.environment).toEqual([
      { name: 'DB_PASSWORD', value: '（値は読みません）' },
    ]);
    expect(taskDefinition?.containerDefinitions?.[0]?.secrets?.[0]?.valueFrom).toBe('arn:aws:secretsmanager:x');
    expect(await aws.secretKeys(ARN)).toEqual({
      format: 'json',
      keys: ['DATABASE_URL', ' supabase'],
      empty: [' supabase'],
    });
    expect(await aws.secretKeys(plain.ARN ?? '')).toEqual({ format: 'text', keys: [], empty: [] });
    await tape.idle();
    const recorded = JSON.stringify(tape.calls());
    expect(recorded).toContain('DB_PASSWORD');
    expect(recorded).not.toContain(canary);
  });

  test('what is recorded can be replayed without any network', async () => {
    const tape = recordingTape();
    const live = portTo(moto.endpoint, tape);
    const vpcs = await live.aws.ec2.describeVpcs({});
    await expect(live.aws.ecs.describeServices({ cluster: 'none', services: ['x'] })).rejects.toThrow(
      'ClusterNotFoundException',
    );
    await tape.idle();
    const again = portTo('http://127.0.0.1:9', replayTape(tape.calls()));
    expect(await again.aws.ec2.describeVpcs({})).toEqual(vpcs);
    const error: unknown = await again.aws.ecs.describeServices({ cluster: 'none', services: ['x'] }).catch((e) => e);
    expect(isNotThere(error)).toBe(true);
    await expect(again.aws.ec2.describeSubnets({})).rejects.toThrow('NotRecorded');
  });

  test('identity tells who looks, and is not asked before anyone looks', async () => {
    const tape = recordingTape();
    const { aws, identity } = portTo(moto.endpoint, tape);
    expect(await identity()).toBeNull();
    await aws.ec2.describeVpcs({});
    expect(await identity()).toMatchObject({ account: '123456789012', arn: expect.stringMatching(/:user\/moto$/) });
  });
});

describe('what is refused', () => {
  test.each(['deleteVpc', 'createVpc', 'runInstances', 'modifyVpcAttribute', 'getPasswordData'])('ec2.%s', (method) => {
    const { aws } = portTo('http://127.0.0.1:9');
    expect(() => Reflect.get(aws.ec2, method)).toThrow('refused');
  });

  test.each(['getSecretValue', 'batchGetSecretValue', 'putSecretValue'])('secretsManager.%s', (method) => {
    const { aws } = portTo('http://127.0.0.1:9');
    expect(() => Reflect.get(aws.secretsManager, method)).toThrow('refused');
  });

  test('the checks can’t change what another check reads', async () => {
    const { aws } = portTo(
      'x',
      replayTape([
        {
          port: 'aws',
          action: 'ec2:DescribeVpcs',
          input: { method: 'describeVpcs' },
          output: { Vpcs: [{ VpcId: 'a' }] },
        },
      ]),
    );
    const { Vpcs } = await aws.ec2.describeVpcs({});
    expect(() => Vpcs?.pop()).toThrow(TypeError);
  });
});

describe('against a server that we control', () => {
  let server: Server;
  let endpoint: string;
  let answer: (request: IncomingMessage, response: ServerResponse, action: string) => void;
  const actions: string[] = [];

  beforeAll(async () => {
    server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const body = Buffer.concat(parts).toString();
        const action = new URLSearchParams(body).get('Action') ?? String(request.headers['x-amz-target']);
        actions.push(action);
        answer(request, response, action);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
  });
  afterEach(() => {
    actions.length = 0;
    server.closeAllConnections();
  });
  afterAll(() => server.close());

  const refuse = (status: number, code: string, message: string) => {
    answer = (_request, response) => {
      response.writeHead(status, { 'content-type': 'text/xml' });
      response.end(
        `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`,
      );
    };
  };
  const explained = async (port: AwsPort) => {
    const error: unknown = await port.aws.ec2.describeNatGateways({}).catch((e) => e);
    return explainer(false)(error, 'chapter-2/network/nat-gateway');
  };

  test('identical calls are made once, different ones at most eight at a time', async () => {
    let busy = 0;
    let most = 0;
    const waiting: (() => void)[] = [];
    answer = (_request, response, action) => {
      busy += action === 'DescribeSubnets' ? 1 : 0;
      most = Math.max(most, busy);
      waiting.push(() => {
        busy -= action === 'DescribeSubnets' ? 1 : 0;
        response.end('<Response><subnetSet/></Response>');
      });
      if (waiting.length >= 8 || actions.length > 16) for (const end of waiting.splice(0)) end();
    };
    const { aws } = portTo(endpoint);
    const ask = (i: number) => aws.ec2.describeSubnets({ SubnetIds: [`subnet-${i}`] });
    await Promise.all([...Array.from({ length: 20 }, (_, i) => ask(i)), ask(0), ask(1), ask(1)]);
    expect(actions.filter((action) => action === 'DescribeSubnets')).toHaveLength(20);
    expect(most).toBe(8);
  });

  test.each([
    [
      403,
      'UnauthorizedOperation',
      'You are not authorized to perform this operation.',
      '権限 ec2:DescribeNatGateways がない',
    ],
    [400, 'ExpiredToken', 'The security token included in the request is expired', '有効期限が切れている'],
    [403, 'RequestExpired', 'Request has expired.', '有効期限が切れている'],
    [401, 'AuthFailure', 'AWS was not able to validate the provided access credentials', '認証情報を受け付けなかった'],
    [
      403,
      'InvalidClientTokenId',
      'The security token included in the request is invalid.',
      '認証情報を受け付けなかった',
    ],
    [403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match', '認証情報を受け付けなかった'],
    [400, 'OptInRequired', 'You are not subscribed to this service.', 'まだ使えない'],
    [400, 'InvalidAction', 'The action is not valid', '対応していない'],
    [400, 'InvalidParameterValue', 'odd', '思いがけない答え（InvalidParameterValue: odd）'],
  ])('%i %s is told as what it is', async (status, code, message, sentence) => {
    refuse(status, code, message);
    const { sentence: told } = await explained(portTo(endpoint));
    expect(told).toContain(sentence);
    expect(told.split('。').length).toBeLessThanOrEqual(5);
  });

  test('the action that AWS names in its refusal is the missing one', async () => {
    refuse(
      403,
      'UnauthorizedOperation',
      'User: arn:aws:iam::1:user/x is not authorized to perform: ec2:DescribeNatGateways because no identity-based policy allows it',
    );
    expect((await explained(portTo(endpoint))).missingAction).toBe('ec2:DescribeNatGateways');
  });

  test('throttling is retried, then told', async () => {
    refuse(503, 'RequestLimitExceeded', 'Request limit exceeded.');
    expect((await explained(portTo(endpoint))).sentence).toContain('問い合わせが多すぎて');
    expect(actions.filter((action) => action === 'DescribeNatGateways')).toHaveLength(3);
  });

  test('throttling that passes is not told at all', async () => {
    let times = 0;
    answer = (_request, response, action) => {
      times += action === 'DescribeNatGateways' ? 1 : 0;
      response.statusCode = times < 2 ? 503 : 200;
      response.end(
        times < 2
          ? '<Response><Errors><Error><Code>RequestLimitExceeded</Code></Error></Errors></Response>'
          : '<Response><natGatewaySet/></Response>',
      );
    };
    expect(await portTo(endpoint).aws.ec2.describeNatGateways({})).toEqual({ NatGateways: [] });
  });

  test('an endpoint that hangs is given up after five seconds, without trying again', async () => {
    answer = () => {};
    const began = performance.now();
    expect((await explained(portTo(endpoint))).sentence).toContain('5秒以内に ec2:DescribeNatGateways へ答えなかった');
    expect(performance.now() - began).toBeLessThan(7_000);
    expect(actions.filter((action) => action === 'DescribeNatGateways')).toHaveLength(1);
  });

  test('an answer that stops half-way is given up too', async () => {
    answer = (_request, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('<Response>');
    };
    const { sentence } = await explained(portTo(endpoint));
    expect(sentence).toContain('確認できませんでした');
  });

  test('a company’s proxy is used as the environment names it, but never for this machine', async () => {
    const hosts: (string | undefined)[] = [];
    answer = (request, response) => {
      hosts.push(request.headers.host);
      response.end('<Response><natGatewaySet/></Response>');
    };
    vi.stubEnv('HTTP_PROXY', endpoint);
    await portTo('http://aws.invalid').aws.ec2.describeNatGateways({});
    expect(new Set(hosts)).toEqual(new Set(['aws.invalid']));
    vi.stubEnv('HTTP_PROXY', 'http://127.0.0.1:9');
    await portTo(endpoint).aws.ec2.describeNatGateways({});
    vi.unstubAllEnvs();
    expect(hosts.at(-1)).toMatch(/^127\.0\.0\.1/);
  });

  test('a dead endpoint is told with its address', async () => {
    const { sentence } = await explained(portTo('http://127.0.0.1:9'));
    expect(sentence).toContain('ECONNREFUSED、127.0.0.1:9');
  });

  test('a host that does not exist', async () => {
    expect((await explained(portTo('http://no-such-host.invalid'))).sentence).toContain('エンドポイントにつながらない');
  });

  test('the account’s plan: JSON 1.0, signed for us-east-1', async () => {
    let authorization = '';
    answer = (request, response, action) => {
      if (action === 'AWSFreeTierService.GetAccountPlanState') authorization = String(request.headers.authorization);
      response.end(JSON.stringify({ accountId: '1', accountPlanType: 'FREE', accountPlanStatus: 'ACTIVE' }));
    };
    const { aws } = portTo(endpoint);
    expect(await aws.freeTier.getAccountPlanState({})).toMatchObject({ accountPlanType: 'FREE' });
    expect(authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\/freetier\/aws4_request/);
  });

  test('the account’s plan, denied', async () => {
    answer = (_request, response) => {
      response.statusCode = 400;
      response.end(
        JSON.stringify({
          __type: 'com.amazonaws#AccessDeniedException',
          message: 'User is not authorized to perform: freetier:GetAccountPlanState',
        }),
      );
    };
    const error: unknown = await portTo(endpoint)
      .aws.freeTier.getAccountPlanState({})
      .catch((e) => e);
    expect(explainer(false)(error, 'preflight/account/plan').missingAction).toBe('freetier:GetAccountPlanState');
  });
});

describe('before any request', () => {
  const ask = async (settings: Partial<AwsSettings>, rehearsalUp = false) => {
    const error: unknown = await portTo('http://127.0.0.1:9', recordingTape(), settings)
      .aws.ec2.describeVpcs({})
      .catch((e) => e);
    return explainer(rehearsalUp)(error, 'x').sentence;
  };

  test('no region, another region, another region on purpose', async () => {
    expect(await ask({ region: null, deliberate: false })).toContain('リージョンが設定されていない');
    expect(await ask({ region: 'us-east-1', deliberate: false })).toContain('リージョンが us-east-1 のため');
    expect(await ask({ region: 'us-east-1', deliberate: true })).toContain('エンドポイントにつながらない');
  });
});
