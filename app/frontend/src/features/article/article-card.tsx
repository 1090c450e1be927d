import { Link } from 'react-router';
import { paths } from '../../shared/paths.ts';
import { DateText } from '../../shared/ui/date.tsx';
import css from './article-card.module.css';
import type { ArticleCardFragment } from './generated/article-card.ts';
import { TagLinks } from './tag-links.tsx';

/** One article in a list: when, its title, how it begins, by whom, about what. */
export function ArticleCard({ article }: { article: ArticleCardFragment }) {
  return (
    <article className={css.card}>
      <p className={css.date}>
        <DateText at={article.publishedAt ?? article.updatedAt} />
      </p>
      <div className={css.text}>
        <h2 className={css.title}>
          <Link to={paths.article(article.id)}>{article.title}</Link>
        </h2>
        <p className={css.excerpt}>{article.excerpt}</p>
        <div className={css.foot}>
          <Link to={paths.author(article.author.id)} className={css.author}>
            {article.author.name}
          </Link>
          <TagLinks tags={article.tags} />
        </div>
      </div>
    </article>
  );
}
