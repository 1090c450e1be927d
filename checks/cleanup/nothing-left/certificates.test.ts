import { expect, test } from 'vitest';
import { emptyAccount } from '../../corpus/empty-account.ts';
import { aws, denied, said } from '../../corpus/recorded.ts';
import check from './certificates.ts';

const all = { CertificateStatuses: ['ISSUED', 'PENDING_VALIDATION'] };

test('an empty account passes', async () => {
  expect(await said(check, emptyAccount)).toMatchObject({
    status: 'pass',
    evidence: '消すべき証明書は残っていません。',
  });
});

test('one that nothing uses is free, and may stay', async () => {
  const CertificateArn = 'arn:aws:acm:ap-northeast-1:111122223333:certificate/c1';
  const Certificate = { DomainName: 'api.example.com', Status: 'ISSUED', InUseBy: [] };
  const judgement = await said(check, [
    ...emptyAccount,
    aws('acm', 'listCertificates', all, { CertificateSummaryList: [{ CertificateArn }] }),
    aws('acm', 'describeCertificate', { CertificateArn }, { Certificate }),
  ]);
  expect(judgement).toMatchObject({
    status: 'pass',
    advice: expect.stringMatching(/^残しておいてよいもの: 証明書 c1（api.example.com）（料金はかかりません）/),
  });
});

test('an action that is denied is said, and never green', async () => {
  const judgement = await said(check, [...emptyAccount, denied(aws('acm', 'listCertificates', all, null))]);
  expect(judgement).toMatchObject({ name: 'AccessDenied', status: 403 });
});
