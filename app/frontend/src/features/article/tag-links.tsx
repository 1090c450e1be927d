import { Link } from 'react-router';
import { paths } from '../../shared/paths.ts';
import css from './tag-links.module.css';

/** An article's tags, each a way to the other articles that carry it. */
export function TagLinks({ tags }: { tags: ReadonlyArray<{ id: string; name: string }> }) {
  if (tags.length === 0) return null;
  return (
    <ul className={css.tags} aria-label="タグ">
      {tags.map((tag) => (
        <li key={tag.id}>
          <Link to={paths.tag(tag.name)} className={css.tag}>
            {tag.name}
          </Link>
        </li>
      ))}
    </ul>
  );
}
