import { expect, test } from 'vitest';
import { LookError } from './look-error.ts';
import { recordingTape, replayTape } from './tape.ts';

const call = { port: 'p', action: 'a', input: { b: 1, a: { d: 1, c: [2, 1] } } };

test('what is asked twice is looked at once, whatever the order of the keys', async () => {
  const tape = recordingTape();
  let looks = 0;
  const look = async () => {
    looks += 1;
    return { looks };
  };
  const first = tape.play(call, look);
  const second = tape.play({ ...call, input: { a: { c: [2, 1], d: 1 }, b: 1 } }, look);
  const other = tape.play({ ...call, input: { a: { c: [1, 2], d: 1 }, b: 1 } }, look);
  expect(await Promise.all([first, second, other])).toEqual([{ looks: 1 }, { looks: 1 }, { looks: 2 }]);
});

test('a failure is told to everyone who asked, and replayed as it was', async () => {
  const tape = recordingTape();
  const fail = () =>
    Promise.reject(
      Object.assign(new Error('no'), { name: 'AccessDenied', code: 'E', $metadata: { httpStatusCode: 403 } }),
    );
  await expect(tape.play(call, fail)).rejects.toThrow(LookError);
  await expect(tape.play(call, async () => 1)).rejects.toMatchObject({
    failure: { port: 'p', action: 'a', name: 'AccessDenied', message: 'no', code: 'E', status: 403 },
  });
  await expect(replayTape(tape.calls()).play(call, async () => 1)).rejects.toMatchObject({
    failure: { name: 'AccessDenied', status: 403 },
  });
});

test('a replay never looks', async () => {
  const tape = recordingTape();
  await tape.play(call, async () => ({ at: new Date(0) }));
  const replay = replayTape(tape.calls());
  const looked = () => Promise.reject(new Error('looked'));
  expect(await replay.play(call, looked)).toEqual({ at: new Date(0) });
  await expect(replay.play({ ...call, action: 'b' }, looked)).rejects.toMatchObject({
    failure: { name: 'NotRecorded' },
  });
});

test('idle waits for looks that looks bring about', async () => {
  const tape = recordingTape();
  const inner = async () => 2;
  void tape.play(call, async () => {
    await Promise.resolve();
    void tape.play({ ...call, action: 'inner' }, inner);
    return 1;
  });
  await tape.idle();
  expect(tape.calls().map(({ action, output }) => [action, output])).toEqual([
    ['a', 1],
    ['inner', 2],
  ]);
});
