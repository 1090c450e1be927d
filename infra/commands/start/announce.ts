import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * How the learner types this workbook's commands on this machine: `pnpm`, or `npx pnpm` where there is no pnpm on their own
 * PATH (the part of PATH that npm and the set-up added doesn't count).
 */
export function commandFor(env: NodeJS.ProcessEnv): 'pnpm' | 'npx pnpm' {
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder && !folder.includes('node_modules'));
  return folders.some((folder) => isProgram(join(folder, 'pnpm'))) ? 'pnpm' : 'npx pnpm';
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What a learner reads when everything runs: what to open, and what to do next. */
export function announce(urls: Record<string, string>, pnpm: string): string {
  return `
${list(urls)}

次にすること
  1. ブログを開いて、記事を読み、登録して1つ書いてみる
  2. ワークブックを開いて、学習を始める（同じものが chapters/README.md にもあります）
  3. 別の端末で ${pnpm} check を実行して、いまの進み具合を見る

終えるときは、ここで Ctrl-C を押します。
`;
}

/** What a second start in the same folder says. */
export function runningAlready(pid: number, urls: Record<string, string>): string {
  if (Object.keys(urls).length === 0)
    return `このフォルダーでは、別の npm start（pid ${pid}）が準備をしているところです。そちらの画面を見てください。\n`;
  return `このフォルダーでは、もう npm start（pid ${pid}）が動いています。これを開いてください。\n\n${list(urls)}\n`;
}

function list(urls: Record<string, string>): string {
  return Object.entries(urls)
    .map(([name, url]) => `  ${url}  ${name}`)
    .join('\n');
}
