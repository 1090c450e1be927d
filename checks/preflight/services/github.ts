import { defineCheck } from '../../check.ts';
import { inRehearsal } from '../../find/caller.ts';
import { originRepository } from '../../find/origin-repository.ts';

export default defineCheck({
  title: '自分の GitHub リポジトリに push できる',
  why: 'リハーサルでは求めません。第3章の自動デプロイは、自分のリポジトリで動きます。AWS には、そのリポジトリだけを信じるように教えます。',
  read: async (world) => {
    const origin = await originRepository(world);
    const answer = origin.repository ? await world.gh.api(`repos/${origin.repository}`) : null;
    const canPush = pushRight(answer?.body);
    const good = answer !== null && (answer.reason !== null || canPush === true);
    return { ...origin, answer, canPush, rehearsal: !good && (await inRehearsal(world)) };
  },
  judge: ({ url, repository, answer, canPush, rehearsal }) => {
    const seen = url === null ? 'origin というリモートがありません。' : `origin は ${url} です。`;
    if (rehearsal) {
      return {
        status: 'pass',
        evidence: seen,
        advice: '第3章の自動デプロイまでに、自分の GitHub リポジトリを用意してください。',
      };
    }
    if (repository === null || answer === null) {
      return { status: 'fail', evidence: seen, expected: 'origin が自分の GitHub リポジトリを指している' };
    }
    if (answer.reason === 'no-gh') {
      return {
        status: 'pass',
        evidence: seen,
        advice: 'GitHub CLI（gh）がないので、push できるかどうかは見ていません。',
      };
    }
    if (answer.reason === 'signed-out') {
      return {
        status: 'pass',
        evidence: seen,
        advice: 'gh auth login をしていないので、push できるかどうかは見ていません。',
      };
    }
    if (canPush !== true) {
      return {
        status: 'fail',
        evidence:
          answer.status === 200
            ? `${repository} に push する権限がありません（本のリポジトリをそのままクローンしていませんか）。`
            : `GitHub に ${repository} が見つかりません（HTTP ${answer.status}）。`,
        expected: '自分が push できるリポジトリ',
      };
    }
    const { fork, private: hidden } = answer.body as { fork?: boolean; private?: boolean };
    const notes = [
      ...(fork ? ['フォークなので、Actions は初めから止まっています'] : []),
      ...(hidden ? ['非公開なので、無料プランでは環境（Environments）を使えません'] : []),
    ].map((note) => `${note}。`);
    return {
      status: 'pass',
      evidence: `${repository} に push できます。`,
      ...(notes.length > 0 ? { advice: notes.join('') } : {}),
    };
  },
  fix: {
    console: 'GitHub で空の公開リポジトリを作り、origin をそこに向けて push します。',
    cli: 'git remote rename origin upstream\ngh repo create blog-aws-practice --public --source . --remote origin --push',
    cdk: 'GitHub のリポジトリは CDK では作りません。',
  },
  console: null,
  doc: 'chapters/preflight/05-services.md#github-のリポジトリを作る',
});

/** Whether GitHub says that the signed-in user may push; null when it says nothing about it. */
function pushRight(body: unknown): boolean | null {
  if (typeof body !== 'object' || body === null || !('permissions' in body)) return null;
  const { permissions } = body;
  return typeof permissions === 'object' && permissions !== null && 'push' in permissions
    ? permissions.push === true
    : null;
}
