import * as z from 'zod';
import { text } from '../root/text.ts';

const MOST_TAGS = 5;

const tagName = text('タグ', 30).transform((name) => name.normalize('NFKC').replace(/\s+/g, ' '));
const tags = z
  .array(tagName)
  .max(MOST_TAGS, `タグは ${MOST_TAGS} 個までです。`)
  .transform((names) => [...new Map(names.map((name) => [name.toLowerCase(), name])).values()]);

const article = z.object({ title: text('題名', 120), body: text('本文', 50_000), tags });

/** What a new article must be. */
export const newArticle = article.extend({ publish: z.boolean() });

/** What a change must be; an absent or null field stays as it is. */
export const articleChange = z.object({
  title: article.shape.title.nullish(),
  body: article.shape.body.nullish(),
  tags: tags.nullish(),
});

/** The search box: words between blanks, at most 100 characters in all. */
export function searchWords(search: string): string[] | null {
  const words = search.normalize('NFKC').replaceAll('\u0000', ' ').split(/\s+/).filter(Boolean);
  return Array.from(search).length <= 100 && search.isWellFormed() ? words : null;
}
