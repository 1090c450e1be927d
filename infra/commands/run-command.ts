import type { Command } from 'commander';
import { RehearsalError } from '../rehearsal/moto.ts';

/** An error whose message is for the learner as it is. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Runs a command line in Japanese: wrong use ends with 64, what is meant for the learner is said without a stack trace. */
export async function runCommand(program: Command): Promise<void> {
  inJapanese(program);
  try {
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error as Error, program);
  }
}

function inJapanese(command: Command): void {
  command
    .exitOverride()
    .helpOption('-h, --help', '使い方を表示します')
    .configureOutput({
      // Commander's own sentences are English; ours follow in runCommand.
      outputError: () => {},
    })
    .configureHelp({
      styleTitle: (title) => titles[title] ?? title,
    });
  if (command.commands.length > 0) command.helpCommand(false);
  for (const child of command.commands) inJapanese(child);
}

const titles: Record<string, string> = {
  'Usage:': '使い方:',
  'Options:': 'オプション:',
  'Commands:': 'コマンド:',
  'Arguments:': '引数:',
};

function exitCodeOf(error: Error, program: Command): number {
  if (error instanceof RehearsalError) {
    console.error(error.message);
    return 1;
  }
  if (error instanceof CommandError) {
    console.error(error.message);
    return error.exitCode;
  }
  // The question was left by Ctrl-C.
  if (error.name === 'ExitPromptError') {
    console.error('中止しました。何も変わっていません。');
    return 130;
  }
  const { code } = error as { code?: string };
  if (code?.startsWith('commander.')) {
    if (code === 'commander.helpDisplayed' || code === 'commander.help' || code === 'commander.version') return 0;
    console.error(wrongUse(code, error.message, program));
    return 64;
  }
  throw error;
}

function wrongUse(code: string, message: string, program: Command): string {
  const named = /'([^']+)'/.exec(message)?.[1] ?? program.args[0] ?? '';
  const help = '--help で使い方を見られます。';
  if (code === 'commander.unknownOption') return `「${named}」というオプションはありません。${help}`;
  if (code === 'commander.missingArgument') return `「${named}」を指定してください。${help}`;
  if (code === 'commander.optionMissingArgument') return `「${named}」には値が必要です。${help}`;
  const commands = program.commands.map((command) => command.name());
  return commands.length > 0
    ? `「${named}」というコマンドはありません。${commands.join('、')} のどれかを指定してください。`
    : `「${named}」は余分です。${help}`;
}
