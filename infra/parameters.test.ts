import { expect, test } from 'vitest';
import { readParameters } from './parameters.ts';

test('without anything given it is the plan', () => {
  expect(readParameters()).toEqual({
    prefix: '',
    budget: 20,
    alertEmail: '',
    region: 'ap-northeast-1',
    availabilityZones: ['a', 'c'],
    natGateways: 1,
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
  expect(readParameters({ prefix: 'tanaka', availabilityZones: 'c,d', natGateways: '0' })).toMatchObject({
    prefix: 'tanaka',
    availabilityZones: ['c', 'd'],
    natGateways: 0,
  });
});

test.each([
  [{ prefix: 'Tanaka_1' }, 'パラメータ prefix の値 "Tanaka_1" は使えません。英小文字で始まる'],
  [{ prefix: 'takahashi' }, 'パラメータ prefix の値 "takahashi" は使えません。英小文字で始まる8文字以内'],
  [{ region: 'Tokyo' }, 'パラメータ region の値 "Tokyo" は使えません。ap-northeast-1 のような'],
  [{ availabilityZones: 'a' }, 'パラメータ availabilityZones の値 "a" は使えません。2つの'],
  [{ availabilityZones: 'a,a' }, 'パラメータ availabilityZones の値 "a,a" は使えません。2つのゾーンは別々に'],
  [{ availabilityZones: '1a,1c' }, 'パラメータ availabilityZones の値 "1a,1c" は使えません。ゾーンは a や c'],
  [{ natGateways: '3' }, 'パラメータ natGateways の値 "3" は使えません。0 か 1 に'],
  [{ pauseSchedule: 'nights' }, 'パラメータ pauseSchedule の値 "nights" は使えません。off か weekdays か always に'],
  [{ instructorAccount: '12345' }, 'パラメータ instructorAccount の値 "12345" は使えません。12桁の'],
  [{ instructorExternalId: 'short' }, 'パラメータ instructorExternalId の値 "short" は使えません。16文字以上の'],
  [{ natGateways: 'one' }, 'パラメータ natGateways の値 "one" は使えません。0 か 1 に'],
  [
    { repository: 'tanaka/blog' },
    'パラメータ repository の値 "tanaka/blog" は使えません。所有者@所有者のID/リポジトリ@リポジトリのID の形',
  ],
  [{ repository: 'tanaka@1/*' }, 'パラメータ repository の値 "tanaka@1/*" は使えません。'],
  [{ githubEnvironment: 'staging' }, 'パラメータ githubEnvironment の値 "staging" は使えません。production か'],
  [{ deployment: 'canary' }, 'パラメータ deployment の値 "canary" は使えません。rolling か'],
])('%o is refused in one sentence', (given, message) => {
  expect(() => readParameters(given)).toThrow(message);
});

test('every wrong value is named', () => {
  expect(() => readParameters({ prefix: '9', natGateways: '9' })).toThrow(/prefix[^\n]*\n[^\n]*natGateways/);
});
