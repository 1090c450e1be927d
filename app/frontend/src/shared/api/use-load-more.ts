import { useState } from 'react';

/** The next page of a list: whether it is on its way, why it didn't come, and the way to ask for it (again). */
export function useLoadMore(load: () => Promise<unknown>): { busy: boolean; error: unknown; onMore: () => void } {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const onMore = () => {
    setBusy(true);
    load()
      .then(() => setError(null), setError)
      .finally(() => setBusy(false));
  };
  return { busy, error, onMore };
}
