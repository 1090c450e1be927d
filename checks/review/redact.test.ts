import { expect, test } from 'vitest';
import { redacted } from './redact.ts';

test.each([
  [
    'arn:aws:ecs:ap-northeast-1:123456789012:service/farm/cows が止まっています。',
    'ecs:service/farm/cows が止まっています。',
  ],
  ['arn:aws:iam::123456789012:role/cow', 'iam:role/cow'],
  ['アカウント 123456789012 で', 'アカウント （アカウント） で'],
  [
    '123456789012.dkr.ecr.ap-northeast-1.amazonaws.com/milk',
    '（アカウント）.dkr.ecr.ap-northeast-1.amazonaws.com/milk',
  ],
  ['AKIAIOSFODNN7EXAMPLE を', '（アクセスキー） を'],
  ['postgresql://bloguser:p4ss@h:5432/blogdb', 'postgresql://（伏せました）@h:5432/blogdb'],
  ['hanako@example.com に', '（メールアドレス） に'],
  ['203.0.113.9 から', '（IP アドレス） から'],
])('%s', (text, safe) => {
  expect(redacted(text)).toBe(safe);
});

test('what one needs to understand a mistake stays', () => {
  const text = 'プライベートサブネット 10.0.11.0/24（subnet-0123456789abcdef0）は 0.0.0.0/0 → nat-0123456789abcdef0';
  expect(redacted(text)).toBe(text);
});
