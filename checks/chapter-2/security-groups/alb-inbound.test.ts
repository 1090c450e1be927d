import { expect, test } from 'vitest';
import { alb, group, tcp } from '../../corpus/group-facts.ts';
import check from './alb-inbound.ts';

const judge = (way: 'domain' | 'cloudfront', ...rules: Parameters<typeof group>[1]) =>
  check.judge({ alb: group('sg-alb', rules), way });

test('80 and 443 for everyone pass, over IPv6 too', () => {
  expect(check.judge({ alb, way: 'domain' })).toMatchObject({ status: 'pass' });
  const both = [80, 443].flatMap((port) => [tcp(port, '0.0.0.0/0'), tcp(port, '::/0')]);
  expect(judge('domain', ...both)).toMatchObject({ status: 'pass' });
});

test('a closed port is named, and opened by the command', () => {
  expect(judge('domain', tcp(80, '0.0.0.0/0'))).toMatchObject({
    status: 'fail',
    evidence: 'sg-alb に、TCP 443 を 0.0.0.0/0 から受け入れるルールがありません。',
    fix: { cli: expect.stringContaining('--port 443 --cidr 0.0.0.0/0') },
  });
});

test('a port too many is named, and closed by the command', () => {
  const { status, evidence, fix } = judge('domain', tcp(80, '0.0.0.0/0'), tcp(443, '0.0.0.0/0'), tcp(22, '0.0.0.0/0'));
  expect(status).toBe('fail');
  expect(evidence).toBe('sg-alb に、計画にないルール「TCP 22 ← 0.0.0.0/0」があります。');
  expect(fix?.cli).toContain('revoke-security-group-ingress');
});

test('without a domain only CloudFront may enter, even before anything else is built', () => {
  expect(judge('domain', tcp(80, 'pl-1'))).toMatchObject({ status: 'pass' });
  expect(judge('cloudfront', tcp(80, 'pl-1'))).toMatchObject({ status: 'pass' });
  expect(judge('cloudfront', tcp(80, '0.0.0.0/0'))).toMatchObject({ status: 'fail' });
});
