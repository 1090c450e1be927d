import type { TagModel } from '../tag/model.ts';
import type { UserModel } from '../user/model.ts';

/** An article as the queries in queries.ts give it: only the columns that were asked for are really there. */
export interface ArticleModel {
  id: number;
  title: string;
  body: string;
  excerpt: string;
  /** ISO 8601, null for a draft. */
  publishedAt: string | null;
  createdAt: string;
  updatedAt: string;
  author: UserModel;
  tags: TagModel[];
  commentCount: number;
}
