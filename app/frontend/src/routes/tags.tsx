import { TagIndex } from '../features/tag/tag-index.tsx';
import { Page } from '../shared/ui/page.tsx';

/** All tags. */
export function Component() {
  return (
    <Page title="タグ" lead="記事の多い順に並んでいます。">
      <TagIndex />
    </Page>
  );
}
