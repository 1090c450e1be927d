import { expect, test } from 'vitest';
import type { Handshake } from '../../ports/tls.ts';
import check from './address.ts';

const url = 'https://api.example.com';
const shaken = (refusal: string | null): Handshake => ({
  protocol: refusal === null ? 'TLSv1.3' : null,
  refusal,
  problem: null,
  certificate: null,
});

test('an address that answers with TLS passes, and says where it comes from', () => {
  expect(check.judge({ address: { url, from: 'certificate' }, handshake: shaken(null) })).toMatchObject({
    status: 'pass',
    evidence: expect.stringMatching(/証明書の名前.*https:\/\/api\.example\.com.*TLSv1\.3/),
  });
});

test('without any address, the option that gives one is told', () => {
  const { status, fix } = check.judge({ address: null, handshake: null });
  expect(status).toBe('fail');
  expect(fix?.cli).toContain('--url');
});

test('an address without TLS fails', () => {
  expect(check.judge({ address: { url: 'http://api.example.com', from: 'choice' }, handshake: null })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining('http://api.example.com'),
  });
});

test.each([
  ['ENOTFOUND', 'api.example.com という名前が DNS にありません'],
  ['ECONNREFUSED', '接続を断りました'],
  ['ERR_SSL_WRONG_VERSION_NUMBER', '握手ができません'],
])('%s fails with its own sentence', (refusal, words) => {
  expect(check.judge({ address: { url, from: 'choice' }, handshake: shaken(refusal) })).toMatchObject({
    status: 'fail',
    evidence: expect.stringContaining(words),
  });
});
