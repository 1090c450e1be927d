import { Button } from './button.tsx';
import { LoadFailure } from './load-failure.tsx';
import css from './load-more.module.css';

/** The end of a list that is loaded page by page: the way to the next one, or what went wrong with it. */
export function LoadMore({
  hasNextPage,
  busy,
  error,
  onMore,
}: {
  hasNextPage: boolean;
  busy: boolean;
  error: unknown;
  onMore: () => void;
}) {
  if (!error && !hasNextPage) return null;
  return (
    <div className={css.more}>
      {error ? (
        <LoadFailure error={error} onRetry={onMore} busy={busy} />
      ) : (
        <Button tone="quiet" onClick={onMore} busy={busy}>
          {busy ? '読み込み中…' : '続きを読み込む'}
        </Button>
      )}
    </div>
  );
}
