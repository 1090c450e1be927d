import { describe, expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Action, Listener } from '../../find/listeners.ts';
import check from './http-listener.ts';

const REDIRECT: Action = {
  kind: 'redirect',
  protocol: 'HTTPS',
  host: '#{host}',
  port: '443',
  path: '/#{path}',
  code: 'HTTP_301',
};
const FORWARD: Action = { kind: 'forward', targetGroups: [{ arn: 'arn:tg', weight: 1 }] };
const listener = (actions: Action[], rules: Listener['rules'] = []): Resource<Listener> => ({
  type: 'AWS::ElasticLoadBalancingV2::Listener',
  id: 'HTTP:80',
  arn: 'arn:listener',
  name: null,
  parent: 'blog',
  relations: {},
  origin: 'console',
  properties: { port: 80, protocol: 'HTTP', certificate: null, tlsPolicy: null, actions, rules },
});

describe('with an own domain', () => {
  const judge = (one: Resource<Listener> | undefined) => check.judge({ listener: one, way: 'domain' });

  test('a redirect to 443 passes', () => {
    expect(judge(listener([REDIRECT])).status).toBe('pass');
  });

  test.each<[string, Resource<Listener> | undefined, string]>([
    ['no listener', undefined, '80番のリスナーがありません'],
    ['forwarding in the clear', listener([FORWARD]), 'そのままターゲットグループへ転送'],
    ['a loop', listener([{ ...REDIRECT, protocol: 'HTTP', port: '80' }]), '自分自身'],
    ['a loop by the placeholders', listener([{ ...REDIRECT, protocol: '#{protocol}', port: '#{port}' }]), '自分自身'],
    ['HTTPS on port 80', listener([{ ...REDIRECT, port: '#{port}' }]), 'HTTPS の 80 番'],
    ['another host', listener([{ ...REDIRECT, host: 'example.com' }]), 'example.com'],
    ['a fixed answer', listener([{ kind: 'answer', status: '404' }]), 'リダイレクトではありません'],
    [
      'a rule that forwards',
      listener([REDIRECT], [{ priority: '5', conditions: ['path-pattern: /*'], actions: [FORWARD] }]),
      '優先度 5 のルール',
    ],
  ])('%s fails', (_name, one, words) => {
    expect(judge(one)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  });
});

describe('without a domain', () => {
  const judge = (one: Resource<Listener>) => check.judge({ listener: one, way: 'cloudfront' });
  const refuse: Action = { kind: 'answer', status: '403' };

  test('refusing by default and forwarding what has the header passes', () => {
    const rule = { priority: '10', conditions: ['http-header: X-Origin-Verify'], actions: [FORWARD] };
    expect(judge(listener([refuse], [rule])).status).toBe('pass');
  });

  test.each<[string, Resource<Listener>, string]>([
    ['forwarding everything', listener([FORWARD]), 'CloudFront を通らない通信'],
    [
      'a rule without the header',
      listener([refuse], [{ priority: '1', conditions: ['path-pattern: /*'], actions: [FORWARD] }]),
      'ヘッダーを確かめずに',
    ],
    ['no rule', listener([refuse]), '転送するルールがありません'],
  ])('%s fails', (_name, one, words) => {
    expect(judge(one)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
  });
});
