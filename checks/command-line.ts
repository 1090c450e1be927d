import { Command, CommanderError } from 'commander';
import stringWidth from 'string-width';

/** Exit code for wrong use (sysexits' EX_USAGE). */
export const WRONG_USE = 64;

const TITLES: Record<string, string> = { 'Usage:': '使い方:', 'Arguments:': '引数:', 'Options:': 'オプション:' };

/** Commander, speaking Japanese: help, and one sentence for each kind of wrong use. */
export function commandLine(name: string, usage: string, description: string): Command {
  return new Command(name)
    .usage(usage)
    .description(description)
    .helpOption('-h, --help', 'この説明を表示する')
    .configureHelp({
      styleTitle: (title) => TITLES[title] ?? title,
      displayWidth: stringWidth,
      optionDescription: ({ description: text, defaultValue }) =>
        defaultValue === undefined ? text : `${text}（指定しなければ ${defaultValue}）`,
    })
    .configureOutput({ outputError: () => {} })
    .showSuggestionAfterError(false)
    .exitOverride();
}

/**
 * Parses the words after the command's name.
 * @returns the exit code when there is nothing left to do (help was shown, or the use was wrong), else null
 */
export function parse(command: Command, argv: string[]): number | null {
  try {
    command.parse(argv, { from: 'user' });
    return null;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    console.error(`${sentence(error)}\n使い方は --help で見られます。`);
    return WRONG_USE;
  }
}

function sentence({ code, message }: CommanderError): string {
  const names = [...message.matchAll(/'([^']+)'/g)].map(([, name]) => name?.replace(/ .*/, ''));
  switch (code) {
    case 'commander.unknownOption':
      return `「${names[0]}」というオプションはありません。`;
    case 'commander.optionMissingArgument':
      return `${names[0]} には値が要ります。`;
    case 'commander.conflictingOption':
      return `${names[0]} と ${names[1]} は一緒に使えません。`;
    case 'commander.invalidArgument':
      return (
        message
          .split('\n')
          .at(-1)
          ?.replace(/^error: .*? is invalid\. /, '') ?? message
      );
    case 'commander.excessArguments':
      return '引数が多すぎます。';
    case 'commander.missingArgument':
      return `${names[0] ?? '引数'} を指定してください。`;
    default:
      return message;
  }
}
