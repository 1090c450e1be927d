import { useMutation } from '@apollo/client/react';
import { useRef } from 'react';
import { forgetLists } from './article-cache.ts';
import { ArticleForm, type ArticleText } from './article-form.tsx';
import { CreateArticleDocument } from './generated/create-article.ts';

/** Writes a new article, to be published at once or kept as a draft; `onDone` gets its id. */
export function NewArticle({ onDone }: { onDone: (id: string) => void }) {
  const [create] = useMutation(CreateArticleDocument, { update: forgetLists });
  const id = useRef('');
  const finish = (label: string, publish: boolean) => ({
    label,
    run: async (text: ArticleText) => {
      const { data } = await create({ variables: { input: { ...text, publish } } });
      id.current = data?.createArticle.article?.id ?? '';
      return data?.createArticle.errors ?? [];
    },
    done: () => onDone(id.current),
  });
  return (
    <ArticleForm
      initial={{ title: '', body: '', tags: [] }}
      finish={[finish('公開する', true), finish('下書きに保存する', false)]}
    />
  );
}
