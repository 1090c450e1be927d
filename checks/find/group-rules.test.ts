import { expect, test } from 'vitest';
import { tcp } from '../corpus/group-facts.ts';
import { revoke, ruleInWords } from './group-rules.ts';

test('rules read as a person would say them', () => {
  expect(ruleInWords(tcp(4000, 'sg-1'))).toBe('TCP 4000 ← sg-1');
  expect(ruleInWords({ ...tcp(0, '0.0.0.0/0'), protocol: 'all', ports: [0, 65_535] }, '→')).toBe(
    'すべてのトラフィック → 0.0.0.0/0',
  );
  expect(ruleInWords({ ...tcp(0, '::/0'), ports: [1000, 2000] })).toBe('TCP 1000-2000 ← ::/0');
});

test.each([
  [
    tcp(22, '203.0.113.7/32'),
    '[{"IpProtocol":"tcp","FromPort":22,"ToPort":22,"IpRanges":[{"CidrIp":"203.0.113.7/32"}]}]',
  ],
  [tcp(80, '::/0'), '[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"Ipv6Ranges":[{"CidrIpv6":"::/0"}]}]'],
  [tcp(80, 'pl-1'), '[{"IpProtocol":"tcp","FromPort":80,"ToPort":80,"PrefixListIds":[{"PrefixListId":"pl-1"}]}]'],
  [{ ...tcp(0, 'sg-2'), protocol: 'all' }, '[{"IpProtocol":"-1","UserIdGroupPairs":[{"GroupId":"sg-2"}]}]'],
])('%o is taken away by exactly its own shape', (rule, json) => {
  expect(revoke('sg-1', rule)).toBe(`aws ec2 revoke-security-group-ingress --group-id sg-1 --ip-permissions '${json}'`);
});
