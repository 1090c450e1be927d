import type { Left } from '@blog-aws-practice/checks/left/left.ts';
import { input } from '@inquirer/prompts';
import { CommandError } from '../command.ts';
import { isEmpty, type Plan } from './plan.ts';

/**
 * Asks, by typing, for what the plan takes away. With `--yes`, what nobody can tell whose it is goes only in a rehearsal,
 * where there is nobody else.
 *
 * @returns what was agreed to go beside the stack; null for nothing at all
 * @throws CommandError where there is nobody to ask
 */
export async function agreedTo(
  plan: Plan,
  { yes, rehearsal }: { yes: boolean; rehearsal: boolean },
): Promise<Left[] | null> {
  if (yes) return rehearsal ? [...plan.ours, ...plan.unclear] : plan.ours;
  if (!process.stdin.isTTY) {
    throw new CommandError(
      '確認する画面がないので、何も消さずに終わりました。この内容を消してよければ --yes を付けて実行してください。',
    );
  }
  const sure = { ...plan, unclear: [] };
  const ours =
    isEmpty(sure) || (await typed(`元に戻せません。消してよければ、${plan.stack} と入力してください:`, plan.stack));
  if (!ours) return null;
  const unclear =
    plan.unclear.length > 0 &&
    (await typed(
      '「だれのものか決められないもの」も自分のものなら、自分のもの と入力してください（違えば Enter）:',
      '自分のもの',
    ));
  if (isEmpty(sure) && !unclear) return null;
  return [...plan.ours, ...(unclear ? plan.unclear : [])];
}

const typed = async (message: string, word: string) => (await input({ message })).trim() === word;
