import { gql, type TypedDocumentNode } from '@apollo/client';
import { useQuery } from '@apollo/client/react';

interface Article {
  id: number;
  title: string;
  content: string;
  createdAt: string;
  author: { name: string | null };
  tags: { id: number; name: string }[];
  comments: { id: number; content: string }[];
}

const ARTICLES: TypedDocumentNode<{ articles: Article[] }> = gql`
  query Articles {
    articles {
      id
      title
      content
      createdAt
      author { id name }
      tags { id name }
      comments { id content }
    }
  }
`;

/** The published articles, newest first, each with its tags and comments. */
export function Articles() {
  const { data, error, loading } = useQuery(ARTICLES);
  return (
    <main>
      <h1>ブログ</h1>
      {loading && <output>読み込んでいます…</output>}
      {error && <p role="alert">記事を読めませんでした。バックエンド（pnpm dev:backend）は動いていますか。</p>}
      {data?.articles.length === 0 && <p>まだ記事がありません。</p>}
      {data?.articles.map((article) => (
        <article key={article.id}>
          <h2>{article.title}</h2>
          <p>
            {article.author.name ?? '名前なし'}・
            <time dateTime={article.createdAt}>{new Date(article.createdAt).toLocaleDateString('ja-JP')}</time>
          </p>
          <p>{article.content}</p>
          <p>{article.tags.map(({ name }) => `#${name}`).join(' ')}</p>
          <ul aria-label="コメント">
            {article.comments.map(({ id, content }) => (
              <li key={id}>{content}</li>
            ))}
          </ul>
        </article>
      ))}
    </main>
  );
}
