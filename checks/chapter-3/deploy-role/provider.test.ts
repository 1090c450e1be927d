import { expect, test } from 'vitest';
import { aws, said } from '../../corpus/recorded.ts';
import type { Call } from '../../ports/tape.ts';
import check from './provider.ts';

const OpenIDConnectProviderArn = 'arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com';
const world = (Url: string | null, ...ClientIDList: string[]): Call[] => [
  aws('cloudformation', 'listStackResources', { StackName: 'blog-aws-practice' }, { StackResourceSummaries: [] }),
  aws(
    'iam',
    'listOpenIDConnectProviders',
    {},
    {
      OpenIDConnectProviderList: Url === null ? [] : [{ Arn: OpenIDConnectProviderArn }],
    },
  ),
  aws('iam', 'getOpenIDConnectProvider', { OpenIDConnectProviderArn }, { Url, ClientIDList }),
];

test.each(['token.actions.githubusercontent.com', 'https://token.actions.githubusercontent.com'])(
  '%s with the audience passes',
  async (url) => {
    expect(await said(check, world(url, 'sts.amazonaws.com'))).toMatchObject({ status: 'pass' });
  },
);

test.each([
  ['none', world(null), 'ありません'],
  ['another one only', world('accounts.google.com', 'x'), 'ありません'],
  ['no audience', world('token.actions.githubusercontent.com'), '対象者（audience）が なし'],
  ['another audience', world('token.actions.githubusercontent.com', 'https://github.com/me'), 'https://github.com/me'],
  ['a path behind the host', world('token.actions.githubusercontent.com/me', 'sts.amazonaws.com'), 'com/me'],
])('%s fails', async (_name, calls, words) => {
  expect(await said(check, calls)).toMatchObject({ status: 'fail', evidence: expect.stringContaining(words) });
});
