import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';

const file = (local: string) => join(local, 'choice.json');

/** The VPC chosen by an earlier `--vpc` for this AWS (`aws`, `rehearsal`, or an endpoint's URL); null for none. */
export async function savedVpc(local: string, where: string): Promise<string | null> {
  return (await saved(local))[where] ?? null;
}

/** Remembers the VPC for later runs. */
export async function saveVpc(local: string, where: string, vpc: string): Promise<void> {
  await writeFileAtomic(file(local), `${JSON.stringify({ ...(await saved(local)), [where]: vpc }, null, 1)}\n`);
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
