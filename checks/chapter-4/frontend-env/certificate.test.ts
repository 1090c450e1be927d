import { expect, test } from 'vitest';
import type { Handshake } from '../../ports/tls.ts';
import check from './certificate.ts';

const now = new Date('2026-11-23T00:00:00Z');
const handshake = (changes: Partial<Handshake> = {}, until = '2027-02-01T00:00:00.000Z'): Handshake => ({
  protocol: 'TLSv1.3',
  refusal: null,
  problem: null,
  certificate: { hosts: ['api.example.com'], issuer: 'Amazon', from: '2026-11-01T00:00:00.000Z', until },
  ...changes,
});
const judge = (shaken: Handshake | null) => check.judge({ host: 'api.example.com', handshake: shaken, now });

test('a certificate that a browser trusts passes', () => {
  expect(judge(handshake())).toMatchObject({ status: 'pass', evidence: expect.stringContaining('2027-02-01') });
});

test('the margin before its end is 14 days', () => {
  expect(judge(handshake({}, '2026-12-07T00:00:00.000Z')).status).toBe('pass');
  expect(judge(handshake({}, '2026-12-06T23:59:59.000Z'))).toMatchObject({ status: 'fail' });
});

test.each([
  ['ERR_TLS_CERT_ALTNAME_INVALID', '別の名前'],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', '信頼しません'],
  ['CERT_REVOKED', 'CERT_REVOKED'],
])('%s fails', (problem, words) => {
  expect(judge(handshake({ problem }))).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});

test('its end is told before anything else that is wrong with it', () => {
  const over = handshake({ problem: 'ERR_TLS_CERT_ALTNAME_INVALID' }, '2026-11-01T00:00:00.000Z');
  expect(judge(over).evidence).toContain('期限が切れました');
});

test('where nobody showed one, it does not pass', () => {
  expect(judge(null).status).toBe('fail');
});
