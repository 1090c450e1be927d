import { useQuery } from '@apollo/client/react';
import { TagHeaderDocument } from './generated/tag-header.ts';

/** 「12件の記事」; until it is known, the room for it. */
export function TagCount({ name }: { name: string }) {
  const { data } = useQuery(TagHeaderDocument, { variables: { name } });
  return data?.tag ? `${data.tag.articleCount}件の記事` : '\u00a0';
}
