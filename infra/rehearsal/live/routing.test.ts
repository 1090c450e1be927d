import type { Listener, Rule } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { actionFor, type Incoming, redirectTo, shares } from './routing.ts';

const request = (more: Partial<Incoming> = {}): Incoming => ({
  method: 'GET',
  host: 'api.example.com',
  url: '/graphql?a=1',
  headers: {},
  sourceIp: '127.0.0.1',
  ...more,
});
const forwardTo = (TargetGroupArn: string) => ({ Type: 'forward' as const, TargetGroupArn });
const listener: Listener = { DefaultActions: [forwardTo('default')] };
const rule = (Priority: string, to: string, ...Conditions: NonNullable<Rule['Conditions']>): Rule => ({
  Priority,
  Conditions,
  Actions: [forwardTo(to)],
});
const chosen = (rules: Rule[], incoming: Incoming) => actionFor(listener, rules, incoming)?.TargetGroupArn;

it('takes the first rule that fits by its priority, whatever the order, else the default action', () => {
  const rules = [
    rule('20', 'later', { Field: 'path-pattern', PathPatternConfig: { Values: ['/graph*'] } }),
    rule('3', 'first', { Field: 'path-pattern', PathPatternConfig: { Values: ['/graphql'] } }),
  ];
  expect(chosen(rules, request())).toBe('first');
  expect(chosen(rules, request({ url: '/graphics' }))).toBe('later');
  expect(chosen(rules, request({ url: '/health' }))).toBe('default');
});

it.each([
  [{ Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } }, { host: 'API.example.com:443' }, true],
  [{ Field: 'host-header', HostHeaderConfig: { Values: ['*.example.com'] } }, { host: 'example.com' }, false],
  [{ Field: 'http-request-method', HttpRequestMethodConfig: { Values: ['POST'] } }, { method: 'POST' }, true],
  [
    { Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin', Values: ['secret'] } },
    { headers: { 'x-origin': 'secret' } },
    true,
  ],
  [{ Field: 'http-header', HttpHeaderConfig: { HttpHeaderName: 'X-Origin', Values: ['secret'] } }, {}, false],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'a', Value: '?' }] } }, {}, true],
  [{ Field: 'query-string', QueryStringConfig: { Values: [{ Key: 'b', Value: '1' }] } }, {}, false],
])('%j fits %j: %s', (condition, more, fits) => {
  expect(chosen([rule('1', 'ruled', condition)], request(more))).toBe(fits ? 'ruled' : 'default');
});

it('keeps the path and query in a redirect to another protocol and port', () => {
  const action = { Type: 'redirect' as const, RedirectConfig: { Protocol: 'HTTPS', Port: '443' } as never };
  expect(redirectTo(action, request(), 'HTTP', 80)).toBe('https://api.example.com:443/graphql?a=1');
});

it('tells the groups of a forward with their weights', () => {
  const TargetGroups = [
    { TargetGroupArn: 'blue', Weight: 0 },
    { TargetGroupArn: 'green', Weight: 100 },
  ];
  expect(shares({ Type: 'forward', ForwardConfig: { TargetGroups } })).toEqual([
    { targetGroup: 'blue', weight: 0 },
    { targetGroup: 'green', weight: 100 },
  ]);
  expect(shares(forwardTo('only'))).toEqual([{ targetGroup: 'only', weight: 1 }]);
});
