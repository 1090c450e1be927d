import { expect, test } from 'vitest';
import { readParameters } from './parameters.ts';

test('without anything given it is the plan', () => {
  expect(readParameters()).toEqual({
    prefix: '',
    budget: 20,
    alertEmail: '',
    region: 'ap-northeast-1',
    availabilityZones: ['a', 'c'],
    nat: 'gateway',
    https: 'domain',
    certificateArn: '',
    cloudFrontPrefixList: 'pl-58a04531',
    database: 'db.t4g.medium',
    image: 'initial',
    corsOrigins: ['http://localhost:3000'],
    repository: '',
    githubEnvironment: 'production',
    oidcProvider: 'create',
    deployment: 'blue-green',
    pauseSchedule: 'off',
    instructorAccount: '',
    instructorExternalId: '',
  });
});

test('values come as strings from the command line', () => {
  expect(readParameters({ prefix: 'tanaka', availabilityZones: 'c,d', nat: 'none', budget: '50' })).toMatchObject({
    prefix: 'tanaka',
    availabilityZones: ['c', 'd'],
    nat: 'none',
    budget: 50,
  });
});

test.each([
  [{ prefix: 'Tanaka_1' }, 'パラメータ prefix の値 "Tanaka_1" は使えません。英小文字で始まる'],
  [{ prefix: 'takahashi' }, 'パラメータ prefix の値 "takahashi" は使えません。英小文字で始まる8文字以内'],
  [{ region: 'Tokyo' }, 'パラメータ region の値 "Tokyo" は使えません。ap-northeast-1 のような'],
  [{ availabilityZones: 'a' }, 'パラメータ availabilityZones の値 "a" は使えません。2つの'],
  [{ availabilityZones: 'a,a' }, 'パラメータ availabilityZones の値 "a,a" は使えません。2つのゾーンは別々に'],
  [{ availabilityZones: '1a,1c' }, 'パラメータ availabilityZones の値 "1a,1c" は使えません。ゾーンは a や c'],
  [{ pauseSchedule: 'nights' }, 'パラメータ pauseSchedule の値 "nights" は使えません。off か weekdays か always に'],
  [{ instructorAccount: '12345' }, 'パラメータ instructorAccount の値 "12345" は使えません。12桁の'],
  [{ instructorExternalId: 'short' }, 'パラメータ instructorExternalId の値 "short" は使えません。16文字以上の'],
  [
    { repository: 'tanaka/blog' },
    'パラメータ repository の値 "tanaka/blog" は使えません。所有者@所有者のID/リポジトリ@リポジトリのID の形',
  ],
  [{ repository: 'tanaka@1/*' }, 'パラメータ repository の値 "tanaka@1/*" は使えません。'],
  [{ githubEnvironment: 'staging' }, 'パラメータ githubEnvironment の値 "staging" は使えません。production か'],
  [{ corsOrigins: '*' }, 'パラメータ corsOrigins の値 "*" は使えません。https:// で始まる'],
  [
    { corsOrigins: 'https://blog.example.com/' },
    'パラメータ corsOrigins の値 "https://blog.example.com/" は使えません。',
  ],
  [{ deployment: 'canary' }, 'パラメータ deployment の値 "canary" は使えません。rolling か'],
  [{ nat: 'router' }, 'パラメータ nat の値 "router" は使えません。gateway、instance、none のどれかに'],
  [{ budget: 'much' }, 'パラメータ budget の値 "much" は使えません。ドルの金額を数で'],
])('%o is refused in one sentence', (given, message) => {
  expect(() => readParameters(given)).toThrow(message);
});

test('every wrong value is named', () => {
  expect(() => readParameters({ prefix: '9', nat: '9' })).toThrow(/prefix[^\n]*\n[^\n]*nat/);
});
