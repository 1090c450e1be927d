import css from './skeleton.module.css';
import hidden from './visually-hidden.module.css';

const BLOCKS = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The room that something will take, while it is being loaded; appears only when that takes a moment. */
export function Skeleton({ blocks = BLOCKS.length }: { blocks?: number }) {
  return (
    <div className={css.skeleton}>
      <output className={hidden.hidden}>読み込み中です</output>
      {BLOCKS.slice(0, blocks).map((block) => (
        <div className={css.block} key={block} aria-hidden="true">
          <div className={css.line} />
          <div className={css.line} />
          <div className={css.line} />
        </div>
      ))}
    </div>
  );
}
