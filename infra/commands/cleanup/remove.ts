import { called, type Left } from '@blog-aws-practice/checks/left/left.ts';
import { stages } from './order.ts';
import type { Tools } from './removal.ts';

/** Something that could not be taken away, and why, in AWS's words. */
export interface Stuck {
  one: Left;
  reason: string;
}

/**
 * Takes everything away in the right order and tells each as it goes. What AWS refuses holds up only what hangs on it.
 *
 * @returns what could not be taken away
 */
export async function remove(all: Left[], tools: Tools, say: (line: string) => void): Promise<Stuck[]> {
  const stuck: Stuck[] = [];
  for (const { lanes, needsAllBefore } of stages) {
    const held = needsAllBefore && stuck.length > 0;
    await Promise.all(
      lanes.map(async (lane) => {
        for (const [type, removal] of lane) {
          for (const one of all.filter(({ resource }) => resource.type === type)) {
            if (held) {
              stuck.push({ one, reason: '中にあるものを先に消せなかったので、まだ消していません' });
              continue;
            }
            try {
              await removal(one, tools);
              say(`削除しました: ${called(one)}`);
            } catch (error) {
              const { name, message } = error as Error;
              const reason = name === 'Error' || name === 'CommandError' ? message : `${name}: ${message}`;
              stuck.push({ one, reason });
              say(`削除できませんでした: ${called(one)}（${reason}）`);
            }
          }
        }
      }),
    );
  }
  return stuck;
}
