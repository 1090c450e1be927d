import { constants } from 'node:os';
import { running } from '../setup/run.mjs';
import { onParentGone } from '../start/parent.mjs';

/**
 * Ends what runs below this process on Ctrl-C, SIGTERM, SIGHUP or the death of the set-up that started it.
 *
 * @returns a signal that is aborted then; `process.exitCode` is set to the usual 128 + number
 */
export function onStop(): AbortSignal {
  const stop = new AbortController();
  const end = (signal: NodeJS.Signals) => {
    process.exitCode = 128 + constants.signals[signal];
    stop.abort();
    for (const each of running) each();
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  if (process.env.SET_UP_PID === String(process.ppid)) onParentGone(() => end('SIGTERM'));
  return stop.signal;
}
