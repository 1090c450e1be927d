import getPort, { portNumbers } from 'get-port';

/** What listens, each with the port it has where that is free, and how it is called. */
export const listeners = [
  { key: 'page', port: 3000, label: 'ブログのページ' },
  { key: 'api', port: 4000, label: 'ブログの API' },
  { key: 'signIn', port: 54321, label: 'サインイン' },
  { key: 'database', port: 5432, label: 'PostgreSQL' },
  { key: 'rehearsal', port: 4566, label: 'リハーサル用 AWS' },
  { key: 'workbook', port: 5173, label: 'ワークブック' },
] as const;

export type Ports = Record<(typeof listeners)[number]['key'], number>;

/**
 * A free port for each: the default one, else the next free one, which is said.
 *
 * @param say gets one sentence for each port that was taken
 */
export async function choosePorts(say: (line: string) => void): Promise<Ports> {
  const chosen: Ports = { page: 0, api: 0, signIn: 0, database: 0, rehearsal: 0, workbook: 0 };
  for (const { key, port: wanted, label } of listeners) {
    const port = await getPort({ port: portNumbers(wanted, wanted + 200), exclude: Object.values(chosen) });
    if (port !== wanted) say(`ポート ${wanted} は使われているので、「${label}」は ${port} で動かします。`);
    chosen[key] = port;
  }
  return chosen;
}
