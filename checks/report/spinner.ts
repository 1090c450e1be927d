/** Tells on standard error that work is going on, once it has taken more than two seconds. */
export interface Spinner {
  /** One more of them is done. */
  step: () => void;
  /** Takes the line away again. */
  end: () => void;
}

const QUIET = 2_000;

/** A line that counts up to `total`; on a terminal it is rewritten in place, elsewhere it is said once. */
export function spinner(total: number, out: NodeJS.WriteStream = process.stderr): Spinner {
  let done = 0;
  let shown = false;
  const show = () => {
    const text = `確かめています… ${done}/${total}`;
    if (out.isTTY) out.write(`\r\u001b[K${text}`);
    else if (!shown) out.write('確かめています…\n');
    shown = true;
  };
  const timer = setTimeout(show, QUIET);
  return {
    step: () => {
      done += 1;
      if (shown && out.isTTY) show();
    },
    end: () => {
      clearTimeout(timer);
      if (shown && out.isTTY) out.write('\r\u001b[K');
    },
  };
}
