import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ConfirmDialog } from './confirm-dialog.tsx';

/**
 * Asks before unsaved text is left behind: inside the page with a dialog, on closing the tab with the browser's
 * own question. It listens to the platform's Navigation API; React Router's blockers would need its data router,
 * a fifth more code for every reader.
 */
export function UnsavedGuard({ isUnsaved }: { isUnsaved: () => boolean }) {
  const navigate = useNavigate();
  const [leave, setLeave] = useState<(() => void) | null>(null);

  useEffect(() => {
    const onLeavingTab = (event: BeforeUnloadEvent) => {
      if (isUnsaved()) event.preventDefault();
    };
    let confirmed = false;
    const onNavigate = (event: NavigateEvent) => {
      const { destination } = event;
      const staysHere = new URL(destination.url).pathname === location.pathname;
      if (confirmed || staysHere || !destination.sameDocument || !event.cancelable || !isUnsaved()) return;
      event.preventDefault();
      setLeave(() => () => {
        confirmed = true;
        if (event.navigationType === 'traverse') navigation.traverseTo(destination.key);
        else void navigate(destination.url.slice(location.origin.length));
      });
    };
    addEventListener('beforeunload', onLeavingTab);
    globalThis.navigation?.addEventListener('navigate', onNavigate);
    return () => {
      removeEventListener('beforeunload', onLeavingTab);
      globalThis.navigation?.removeEventListener('navigate', onNavigate);
    };
  }, [isUnsaved, navigate]);

  if (!leave) return null;
  return (
    <ConfirmDialog
      title="保存していない内容があります"
      confirm="保存せずに移動する"
      cancel="書き続ける"
      onCancel={() => setLeave(null)}
      onConfirm={() => {
        setLeave(null);
        leave();
      }}
    >
      このまま移動すると、書いた内容は失われます。
    </ConfirmDialog>
  );
}
