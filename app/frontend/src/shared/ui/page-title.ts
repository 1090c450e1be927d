import { useEffect } from 'react';

const SITE = '雲とインク';

/** Sets the tab's title to 「title - 雲とインク」; without a title, to the blog's name alone. */
export function usePageTitle(title?: string): void {
  useEffect(() => {
    document.title = title ? `${title} - ${SITE}` : SITE;
  }, [title]);
}
