export interface TagModel {
  id: number;
  name: string;
  /** Known where the query that found the tag counted anyway. */
  articleCount?: number;
}
