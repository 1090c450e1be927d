import { join } from 'node:path';
import { STS } from '@aws-sdk/client-sts';
import type { Status } from '../check.ts';
import { discover, load } from '../discover.ts';
import type { Where } from '../open.ts';
import { root } from '../paths.ts';
import { REGION } from '../ports/aws/settings.ts';
import { look } from '../session.ts';
import { explainer } from '../unknown.ts';
import type { Account } from './accounts.ts';
import type { ProgressFile } from './progress-file.ts';

/** What a live look says of a learner's own word. */
export interface Verified {
  learner: string;
  /** Checks that were said to pass, and pass now. */
  confirmed: number;
  /** Checks that were said to pass, and don't. */
  differing: { check: string; now: Status; evidence: string }[];
  /** Why nobody could look; null where it worked. */
  failure: string | null;
}

/** What can be seen in AWS from anywhere; the other checks look at the learner's own machine or repository. */
const IN_AWS = [
  /^preflight\/budget\//,
  /^chapter-2\//,
  /^chapter-3\/deploy-role\/provider$/,
  /^chapter-3\/release\/(blue-green|deployment)$/,
  /^chapter-4\/observability\//,
  /^chapter-5\/production\/(?!origins$)/,
];

/** Whether an instructor can look at this check's matter again: neither it nor what it needs asks the learner's machine. */
export const isInAws = (id: string) => IN_AWS.some((pattern) => pattern.test(id));

/**
 * Runs again, with the instructor's read-only role in the learner's account, what the learner says has passed.
 * @param where what to look at, but for the credentials
 */
export async function verify(account: Account, progress: ProgressFile, where: Where): Promise<Verified> {
  const claimed = Object.entries(progress.aws).flatMap(([id, { status }]) => (status === 'pass' ? [id] : []));
  const book = await discover(join(root, 'checks'), join(root, 'chapters'));
  const known = book.chapters.flatMap(({ steps }) => steps.flatMap(({ checks }) => checks));
  const selected = known.filter((id) => isInAws(id) && claimed.includes(id));
  const { learner } = account;
  try {
    const credentials = await assume(account);
    const { report } = await look({
      book,
      checks: await load(book, selected),
      selected,
      chapter: 'chapter-2',
      where: { ...where, region: REGION, credentials },
      explain: explainer(false),
      record: false,
    });
    const differing = report.results.filter(({ status }) => status !== 'pass');
    return {
      learner,
      confirmed: report.summary.pass,
      differing: differing.map(({ id, status, evidence }) => ({ check: id, now: status, evidence })),
      failure: null,
    };
  } catch (error) {
    const name = error instanceof Error ? error.name : String(error);
    const failure = `ロール ${account.role} を引き受けられませんでした（${name}）。信頼ポリシーと外部 ID を確かめてください。`;
    return { learner, confirmed: 0, differing: [], failure };
  }
}

/** Temporary credentials of the role; they look, and end by themselves after 15 minutes. */
async function assume({ role, externalId }: Account) {
  const sts = new STS({ region: REGION });
  try {
    const { Credentials } = await sts.assumeRole({
      RoleArn: role,
      RoleSessionName: 'blog-aws-practice-review',
      DurationSeconds: 900,
      ...(externalId === null ? {} : { ExternalId: externalId }),
    });
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  } finally {
    sts.destroy();
  }
}
