import process from 'node:process';

/**
 * Says what is being done while it is done: `…` on a line of its own at a terminal (re-written every second), else a line
 * once it takes over 2 s and every 15 s after; at the end one line with the time taken.
 *
 * @template T
 * @param {string} doing e.g. 「依存パッケージを入れています」
 * @param {string} done e.g. 「依存パッケージを入れました」
 * @param {(note: (text: string) => void, say: (line: string) => void) => Promise<T>} work `note` adds a few words about how
 *   far it is, `say` puts a line of its own above
 * @returns {Promise<T>}
 */
export async function progress(doing, done, work) {
  const out = process.stdout;
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1000);
  let detail = '';
  let nextLine = 2;
  const tick = () => {
    const text = `${doing}…${detail ? ` ${detail}` : ''}（${seconds()} 秒）`;
    if (out.isTTY) out.write(`\r\u001b[K${fit(text, out.columns)}`);
    else if (seconds() >= nextLine) {
      out.write(`${text}\n`);
      nextLine = seconds() + 15;
    }
  };
  const timer = setInterval(tick, 500);
  if (out.isTTY) tick();
  try {
    const result = await work(
      (text) => {
        detail = text;
      },
      (line) => {
        out.write(`${out.isTTY ? '\r\u001b[K' : ''}${line}\n`);
      },
    );
    const took = ((performance.now() - began) / 1000).toFixed(1);
    out.write(`${out.isTTY ? '\r\u001b[K' : ''}✓ ${done}（${took} 秒）\n`);
    return result;
  } catch (error) {
    out.write(`${out.isTTY ? '\r\u001b[K' : ''}✗ ${doing}：できませんでした\n`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Cuts a line so that it never wraps (a wrapped line can't be re-written); counts wide characters as two columns.
 * @param {string} text
 * @param {number} columns
 */
function fit(text, columns) {
  let width = 0;
  let result = '';
  for (const character of text) {
    width += /[\u1100-\uffdc]/.test(character) ? 2 : 1;
    if (width >= columns) break;
    result += character;
  }
  return result;
}
