import { Writable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ProgressLine } from './progress-line.ts';

function screen(isTTY: boolean) {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk, _, done) {
      written.push(String(chunk));
      done();
    },
  });
  return { stream: Object.assign(stream, { isTTY }), written };
}

describe('ProgressLine', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('writes a line every two seconds into a log, and one at the end', () => {
    vi.useFakeTimers();
    const { stream, written } = screen(false);
    const line = new ProgressLine(stream);
    for (let done = 1000; done <= 10_000; done += 1000) {
      line.show('移しています User', done, 10_000, '行');
      vi.advanceTimersByTime(500);
    }
    line.show('移しています User', 10_000, 10_000, '行');
    line.end();
    expect(written).toEqual([
      '移しています User 1,000 / 10,000 行\n',
      '移しています User 5,000 / 10,000 行\n',
      '移しています User 9,000 / 10,000 行\n',
      '移しています User 10,000 / 10,000 行\n',
    ]);
  });

  it('renews one line in a terminal and clears it', () => {
    const { stream, written } = screen(true);
    const line = new ProgressLine(stream);
    line.show('読み込んでいます', 1, 1, 'バイト');
    line.end();
    expect(written.join('')).toBe('\r\u001b[K読み込んでいます 1 / 1 バイト\r\u001b[K');
  });
});
