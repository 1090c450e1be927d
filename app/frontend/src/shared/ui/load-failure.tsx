import { errorText } from '../api/error-text.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

/** Something could not be loaded: what happened, and the button that tries again. */
export function LoadFailure({ error, onRetry, busy = false }: { error: unknown; onRetry: () => void; busy?: boolean }) {
  return (
    <Notice
      problem
      actions={
        <Button tone="quiet" onClick={onRetry} busy={busy}>
          {busy ? '読み込み中…' : 'もう一度読み込む'}
        </Button>
      }
    >
      {errorText(error)}
    </Notice>
  );
}
