import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

const file = (local: string) => join(local, 'choice.json');

/** An option of `pnpm check` that is remembered. */
export type Remembered = 'vpc' | 'url' | 'page';

/** The VPC is kept under the name of its AWS alone. */
const key = (where: string, option: Remembered) => (option === 'vpc' ? where : `${where} --${option}`);

/** What an earlier run chose by an option for this AWS (`aws`, `rehearsal`, or an endpoint's URL); null for nothing. */
export async function savedChoice(local: string, where: string, option: Remembered): Promise<string | null> {
  return (await saved(local))[key(where, option)] ?? null;
}

/** Remembers what was chosen for later runs. */
export async function saveChoice(local: string, where: string, option: Remembered, value: string): Promise<void> {
  const all = { ...(await saved(local)), [key(where, option)]: value };
  await writeFileAtomic(file(local), `${JSON.stringify(all, null, 1)}\n`);
}

async function saved(local: string): Promise<Record<string, string>> {
  try {
    const data: unknown = JSON.parse(await readFile(file(local), 'utf8'));
    if (typeof data !== 'object' || data === null) return {};
    return Object.fromEntries(
      Object.entries(data).filter((pair): pair is [string, string] => typeof pair[1] === 'string'),
    );
  } catch {
    return {};
  }
}
