import { commandLine, parse } from '@blog-aws-practice/checks/command-line.ts';
import type { Command, OptionValues } from 'commander';
import { RehearsalError } from '../rehearsal/moto.ts';

/** Something that the learner has to know or decide; its message is shown as it is. */
export class CommandError extends Error {
  override name = 'CommandError';
  readonly exitCode: number;

  constructor(message: string, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/**
 * Runs a command: parses the words, does the work, sets the exit code. What is meant for the learner is one sentence
 * without a stack trace; Ctrl-C at a question changes nothing and ends with 130.
 *
 * @param define adds arguments and options
 * @param work gives the exit code
 */
export async function runCommand(
  { name, usage, description }: { name: string; usage: string; description: string },
  define: (command: Command) => Command,
  work: (args: string[], options: OptionValues) => Promise<number>,
): Promise<void> {
  const command = define(commandLine(name, usage, description));
  const done = parse(command, process.argv.slice(2));
  try {
    process.exitCode = done ?? (await work(command.args, command.opts()));
  } catch (error) {
    process.exitCode = exitCodeOf(error as Error);
  }
}

function exitCodeOf(error: Error): number {
  if (error instanceof RehearsalError || error instanceof CommandError) {
    console.error(error.message);
    return error instanceof CommandError ? error.exitCode : 1;
  }
  if (error.name === 'ExitPromptError') {
    console.error('中止しました。何も変わっていません。');
    return 130;
  }
  throw error;
}
