import { ProfileForm } from '../features/user/profile-form.tsx';
import { SignedInOnly } from '../shared/session/signed-in-only.tsx';
import { Page } from '../shared/ui/page.tsx';

/** The signed-in user's own profile. */
export function Component() {
  return (
    <SignedInOnly title="プロフィール">
      <Page title="プロフィール" lead="表示名は、記事とコメントに添えて公開されます。">
        <ProfileForm />
      </Page>
    </SignedInOnly>
  );
}
