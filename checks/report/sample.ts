import type { Book } from '../discover.ts';
import type { Report, Result } from './report.ts';
import type { Context } from './terminal.ts';

const step = (id: string, title: string, ...checks: string[]) => ({
  id,
  title,
  page: `chapters/chapter-2/01-${id}.md`,
  checks: checks.map((check) => `chapter-2/${id}/${check}`),
});

/** A small book. */
export const book: Book = {
  folder: '',
  chapters: [
    {
      id: 'chapter-2',
      title: '第2章 AWS インフラ',
      steps: [
        step('network', '1. ネットワーク', 'vpc', 'subnets', 'nat-gateway', 'private-routes', 'dns'),
        step('database', '3. データベース', 'cluster'),
      ],
    },
    { id: 'chapter-3', title: '第3章 CI/CD', steps: [] },
  ],
};

export const context: Context = { book, causes: [], flags: '', pnpm: 'pnpm' };

/** A result with everything that a check gives. */
export function result(check: string, given: Partial<Result> = {}): Result {
  return {
    id: `chapter-2/network/${check}`,
    step: 'network',
    title: `${check} がある`,
    status: 'pass',
    evidence: `${check}-0123456789abcdef0 があります。`,
    expected: `${check} がある`,
    why: 'ないと、この先のすべてが動きません。',
    fix: {
      console: '「VPC」>「作成」を押します。',
      cli: 'aws ec2 create-vpc --cidr-block 10.0.0.0/16 --tag-specifications "ResourceType=vpc,Tags=[{Key=Name,Value=blog}]"',
      cdk: 'pnpm solve chapter-2 network',
    },
    links: {
      console: 'https://ap-northeast-1.console.aws.amazon.com/vpcconsole/home?region=ap-northeast-1#vpcs:',
      doc: 'chapters/chapter-2/01-network.md#vpc',
    },
    resources: [],
    blockedBy: [],
    missingAction: null,
    ...given,
  };
}

/** A report of these results, looked at in AWS. */
export function reportOf(results: Result[], given: Partial<Report> = {}): Report {
  const summary = { pass: 0, fail: 0, pending: 0, blocked: 0, unknown: 0 };
  for (const { status } of results) summary[status] += 1;
  return {
    version: 1,
    chapter: 'chapter-2',
    mode: 'aws',
    account: '123456789012',
    region: 'ap-northeast-1',
    startedAt: '2026-11-23T12:00:00.000Z',
    durationMs: 1234,
    results,
    summary,
    ...given,
  };
}
