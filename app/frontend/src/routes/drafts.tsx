import { DraftList } from '../features/article/draft-list.tsx';
import { SignedInOnly } from '../shared/session/signed-in-only.tsx';
import { Page } from '../shared/ui/page.tsx';

/** The signed-in user's drafts. */
export function Component() {
  return (
    <SignedInOnly title="下書き">
      <Page title="下書き" lead="ここにある記事は、自分にだけ見えています。">
        <DraftList />
      </Page>
    </SignedInOnly>
  );
}
