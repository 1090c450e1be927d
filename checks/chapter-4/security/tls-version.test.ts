import { expect, test } from 'vitest';
import type { Handshake } from '../../ports/tls.ts';
import check from './tls-version.ts';

const spoken = (protocol: string): Handshake => ({ protocol, refusal: null, problem: null, certificate: null });
const refused: Handshake = {
  protocol: null,
  refusal: 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION',
  problem: null,
  certificate: null,
};

test('a server that refuses the old and speaks the new passes; 1.2 alone with advice', () => {
  expect(check.judge({ old: refused, now: spoken('TLSv1.3') })).toMatchObject({ status: 'pass' });
  expect(check.judge({ old: refused, now: spoken('TLSv1.2') }).advice).toContain('TLS 1.3');
});

test.each([
  ['TLSv1', 'TLS 1.0'],
  ['TLSv1.1', 'TLS 1.1'],
])('one that speaks %s fails', (protocol, words) => {
  expect(check.judge({ old: spoken(protocol), now: spoken('TLSv1.3') })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
