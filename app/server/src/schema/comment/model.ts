import type { UserModel } from '../user/model.ts';

export interface CommentModel {
  id: number;
  body: string;
  createdAt: string;
  articleId: number;
  /** Who wrote the article, and so may delete the comment too. */
  articleAuthorId: number;
  author: UserModel;
}
