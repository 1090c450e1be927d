import { expect, test } from 'vitest';
import type { Resource } from '../../check.ts';
import type { Certificate } from '../../find/certificates.ts';
import check from './certificate.ts';

type Facts = Parameters<typeof check.judge>[0];

const now = new Date('2026-11-23T00:00:00Z');
const certificate = (properties: Partial<Certificate> = {}): Resource<Certificate> => ({
  type: 'AWS::CertificateManager::Certificate',
  id: 'c-1',
  arn: 'arn:c-1',
  name: 'api.example.com',
  parent: null,
  relations: {},
  origin: 'console',
  properties: {
    hosts: ['api.example.com'],
    status: 'ISSUED',
    failure: null,
    records: [],
    expires: new Date('2027-11-23T00:00:00Z'),
    ...properties,
  },
});
const judge = (facts: Partial<Facts>) =>
  check.judge({ way: 'domain', arn: 'arn:c-1', found: null, all: [], now, ...facts });
const records = [{ name: '_a.api.example.com.', value: '_b.acm-validations.aws.' }];

test('an issued certificate passes; without a domain CloudFront’s own does', () => {
  expect(judge({ found: certificate() }).status).toBe('pass');
  expect(judge({ way: 'cloudfront', arn: null }).status).toBe('pass');
});

test('one that is issued passes before the listener is there, whatever else still waits', () => {
  const pending = certificate({ status: 'PENDING_VALIDATION' });
  expect(judge({ arn: null, all: [pending, certificate()] }).status).toBe('pass');
});

test.each<[string, Partial<Facts>]>([
  ['on the listener', { found: certificate({ status: 'PENDING_VALIDATION', records }) }],
  ['not on a listener yet', { arn: null, all: [certificate({ status: 'PENDING_VALIDATION', records })] }],
])('one that waits for its DNS record, %s, is pending and tells the record', (_name, facts) => {
  const { status, evidence } = judge(facts);
  expect(status).toBe('pending');
  expect(evidence).toContain('_a.api.example.com. → _b.acm-validations.aws.');
});

test.each<[string, Partial<Facts>, string]>([
  ['failed', { found: certificate({ status: 'FAILED', failure: 'CAA_ERROR' }) }, 'CAA_ERROR'],
  ['timed out', { found: certificate({ status: 'VALIDATION_TIMED_OUT' }) }, 'VALIDATION_TIMED_OUT'],
  ['expired', { found: certificate({ expires: new Date('2026-11-01T00:00:00Z') }) }, '2026-11-01 に期限が切れました'],
  ['about to expire', { found: certificate({ expires: new Date('2026-11-30T00:00:00Z') }) }, '2026-11-30'],
  ['of another region', { arn: null }, 'us-east-1'],
  ['gone', {}, 'arn:c-1'],
])('one that is %s fails', (_name, facts, words) => {
  expect(judge(facts)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
