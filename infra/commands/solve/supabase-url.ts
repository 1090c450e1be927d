import { SecretsManager } from '@aws-sdk/client-secrets-manager';
import { environmentSecret } from '@blog-aws-practice/checks/find/secrets.ts';
import { input } from '@inquirer/prompts';
import { z } from 'zod';
import { CommandError } from '../command.ts';
import { clientOf, type Target } from '../target.ts';

/** By this address the rehearsal's tasks know the local sign-in, and by it that one names itself. */
const rehearsalUrl = 'http://localhost:54321';
const url = z.url({ protocol: /^https?$/ });
const shape = 'https://（プロジェクトの ID）.supabase.co';

/**
 * Puts Supabase's address into the environment's secret, where it isn't yet: the CDK can't know it, and without it no
 * task starts. Does nothing where it is there.
 *
 * @param given the address, where the learner gave one
 * @throws CommandError where it isn't known
 */
export async function giveSupabaseUrl(
  target: Target,
  given: string | undefined,
  say: (line: string) => void,
): Promise<void> {
  const read = await target.fresh(environmentSecret);
  if (!read || read.held.keys.includes('SUPABASE_URL')) return;
  const address = await addressOf(target, given);
  const secrets = clientOf(target, SecretsManager);
  try {
    const SecretId = read.secret.arn ?? read.secret.id;
    const { SecretString = '{}' } = await secrets.getSecretValue({ SecretId });
    const value = { ...(JSON.parse(SecretString) as object), SUPABASE_URL: address };
    await secrets.putSecretValue({ SecretId, SecretString: JSON.stringify(value) });
  } finally {
    secrets.destroy();
  }
  say(`シークレット ${read.secret.id} に SUPABASE_URL（${address}）を入れました。`);
}

async function addressOf({ rehearsal }: Target, given: string | undefined): Promise<string> {
  if (given !== undefined) {
    if (url.safeParse(given).success) return given.replace(/\/+$/, '');
    throw new CommandError(`「${given}」は Supabase の URL として使えません。${shape} のように書いてください。`, 64);
  }
  if (rehearsal) return rehearsalUrl;
  if (!process.stdin.isTTY) {
    throw new CommandError(
      `Supabase の URL が決まっていません。--supabase-url ${shape} を付けて、もう一度実行してください。`,
    );
  }
  const answer = await input({
    message: `Supabase の Project URL（${shape}）`,
    validate: (value) => url.safeParse(value).success || `${shape} のように書いてください`,
  });
  return answer.replace(/\/+$/, '');
}
