import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ArticleList } from '../features/article/article-list.tsx';
import { Button } from '../shared/ui/button.tsx';
import { Empty } from '../shared/ui/empty.tsx';
import { Field } from '../shared/ui/field.tsx';
import { Page } from '../shared/ui/page.tsx';
import css from './search.module.css';

/** Searching titles and texts. */
export function Component() {
  const [search, setSearch] = useSearchParams();
  const words = (search.get('q') ?? '').trim();
  return (
    <Page title={words ? `「${words}」の検索結果` : '検索'}>
      <SearchForm key={`form ${words}`} words={words} onSearch={(q) => setSearch(q ? { q } : {})} />
      {words && (
        <ArticleList
          key={`list ${words}`}
          filter={{ search: words }}
          empty={
            <Empty title={`「${words}」を含む記事はありません`}>
              言葉を短くするか、別の言い方で探してください。空白で区切ると、すべての言葉を含む記事を探します。
            </Empty>
          }
        />
      )}
    </Page>
  );
}

function SearchForm({ words, onSearch }: { words: string; onSearch: (words: string) => void }) {
  const [text, setText] = useState(words);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSearch(text.trim());
  };
  return (
    <search>
      <form className={css.form} onSubmit={submit}>
        <Field
          label="探す言葉"
          hint="題名と本文から探します。2文字から探せます。"
          type="search"
          name="q"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button type="submit">検索する</Button>
      </form>
    </search>
  );
}
