import { confirm } from '@inquirer/prompts';
import { CommandError } from '../command.ts';

/**
 * Asks before anything is changed.
 *
 * @throws CommandError where there is nobody to ask
 */
export async function agrees(message: string): Promise<boolean> {
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'ここまでの内容を確認する画面がないので、何も変えずに終わりました。この内容でよければ --yes を付けて実行してください。',
    );
  }
  return confirm({ message, default: false });
}
