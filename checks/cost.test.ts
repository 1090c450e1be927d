import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { type Costing, estimate, inWords } from './cost.ts';
import data from './prices.json' with { type: 'json' };

const thing = (type: string, properties: Record<string, unknown> = {}): Costing => ({ type, properties });

const chapter2 = [
  thing('AWS::EC2::NatGateway'),
  thing('AWS::EC2::EIP'),
  thing('AWS::EC2::VPC'),
  thing('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internet-facing', Subnets: ['a', 'b'] }),
  thing('AWS::RDS::DBCluster'),
  thing('AWS::RDS::DBInstance', { DBInstanceClass: 'db.t4g.medium' }),
  thing('AWS::SecretsManager::Secret'),
  thing('AWS::ECS::TaskDefinition', { Cpu: '256', Memory: '512' }),
  thing('AWS::ECS::Service'),
];

describe('an estimate', () => {
  it('of the network alone is the NAT gateway and its address', () => {
    const { lines, usdPerHour } = estimate([
      thing('AWS::EC2::NatGateway'),
      thing('AWS::EC2::EIP'),
      thing('AWS::EC2::VPC'),
    ]);
    expect(lines.map(({ part }) => part)).toEqual(['NAT ゲートウェイ', 'パブリック IPv4 アドレス（Elastic IP）']);
    expect(usdPerHour).toBeCloseTo(0.067, 6);
  });

  it('of the whole of chapter 2 is near the $170 a month that the book prints', () => {
    const { usdPerHour, byUse } = estimate(chapter2);
    expect(usdPerHour * data.hoursPerMonth).toBeGreaterThan(165);
    expect(usdPerHour * data.hoursPerMonth).toBeLessThan(170);
    expect(byUse.join()).toContain('Aurora のストレージ');
  });

  it('adds up to the sum of its lines and counts what there is more than one of', () => {
    const { lines, usdPerHour } = estimate(chapter2);
    expect(lines.reduce((sum, line) => sum + line.usdPerHour, 0)).toBeCloseTo(usdPerHour, 9);
    expect(lines.find(({ part }) => part.includes('（ALB）'))?.count).toBe(2);
  });

  it('counts tasks by the desired count: none while paused', () => {
    const service = (DesiredCount: number) =>
      estimate([
        thing('AWS::ECS::TaskDefinition', { Cpu: '512', Memory: '1024' }),
        thing('AWS::ECS::Service', { DesiredCount }),
      ]);
    expect(service(0).usdPerHour).toBe(0);
    expect(service(2).usdPerHour).toBeCloseTo(2 * (0.5 * 0.05056 + 1 * 0.0055), 9);
  });

  it('takes Serverless v2 by its minimum: nothing where it may pause', () => {
    const serverless = (MinCapacity: number) =>
      estimate([
        thing('AWS::RDS::DBCluster', { ServerlessV2ScalingConfiguration: { MinCapacity } }),
        thing('AWS::RDS::DBInstance', { DBInstanceClass: 'db.serverless' }),
      ]);
    expect(serverless(0).usdPerHour).toBe(0);
    expect(serverless(0).byUse.join()).toContain('Serverless v2');
    expect(serverless(0.5).usdPerHour).toBeCloseTo(0.075, 9);
  });

  it('takes a NAT instance with its disk and its public address, a tenth of the gateway’s price', () => {
    const { lines, usdPerHour } = estimate([
      thing('AWS::EC2::Instance', {
        InstanceType: 't4g.nano',
        NetworkInterfaces: [{ AssociatePublicIpAddress: true }],
      }),
    ]);
    expect(lines).toHaveLength(3);
    expect(usdPerHour).toBeCloseTo(0.0054 + 0.005 + (8 * 0.096) / data.hoursPerMonth, 9);
    expect(() => estimate([thing('AWS::EC2::Instance', { InstanceType: 'm7i.large' })])).toThrow('m7i.large の値段');
  });

  it('takes an internal load balancer without public addresses', () => {
    const { lines } = estimate([
      thing('AWS::ElasticLoadBalancingV2::LoadBalancer', { Scheme: 'internal', Subnets: ['a'] }),
    ]);
    expect(lines.map(({ part }) => part)).toEqual(['ALB']);
  });

  it('refuses to guess the price of a database class', () => {
    expect(() => estimate([thing('AWS::RDS::DBInstance', { DBInstanceClass: 'db.r8g.large' })])).toThrow(
      'aurora.db.r8g.large の値段がありません',
    );
  });

  it('in words gives dollars and yen, by hour and month', () => {
    expect(inWords(0.067)).toBe('1時間あたり約$0.0670（約10円）、1か月（730時間）で約$48.91（約7,337円）');
  });
});

describe('the prices', () => {
  it('are dated, and each says where it comes from', () => {
    expect(data.checked).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    for (const [name, { usd, unit, source, url }] of Object.entries(data.prices)) {
      expect([name, usd > 0, unit !== '', ['aws', 'secondary'].includes(source), URL.canParse(url)]).toEqual([
        name,
        true,
        true,
        true,
        true,
      ]);
    }
  });

  it('are those of the page on costs', async () => {
    const page = await readFile(new URL('../docs/cost.md', import.meta.url), 'utf8');
    for (const name of [
      'fargateVcpuHour',
      'fargateGbHour',
      'albHour',
      'natGatewayHour',
      'auroraStorageGbMonth',
    ] as const) {
      expect(page).toContain(`$${data.prices[name].usd}`);
    }
  });
});
