import { type FormEvent, type KeyboardEvent, useCallback, useRef, useState } from 'react';
import { errorText } from '../../shared/api/error-text.ts';
import { Markdown } from '../../shared/markdown/markdown.tsx';
import { Button } from '../../shared/ui/button.tsx';
import { Field, TextArea } from '../../shared/ui/field.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { UnsavedGuard } from '../../shared/ui/unsaved-guard.tsx';
import { useFocusInvalid } from '../../shared/ui/use-focus-invalid.ts';
import css from './article-form.module.css';
import { parseTags } from './parse-tags.ts';

/** What a writer enters. */
export interface ArticleText {
  title: string;
  body: string;
  tags: string[];
}

/** A way to finish: its button, and what it does with the text; it gives what the server refuses, if anything. */
export interface FinishArticle {
  label: string;
  run: (text: ArticleText) => Promise<ReadonlyArray<{ message: string; field: string | null }>>;
  /** Where to go once it is done. */
  done: () => void;
}

/** The form for a new or an existing article: title, text with preview, tags; asks before unsaved text is left. */
export function ArticleForm({
  initial,
  finish,
}: {
  initial: ArticleText;
  finish: readonly [FinishArticle, ...FinishArticle[]];
}) {
  const [title, setTitle] = useState(initial.title);
  const [body, setBody] = useState(initial.body);
  const [tags, setTags] = useState(initial.tags.join('、'));
  const [preview, setPreview] = useState(false);
  const [saving, setSaving] = useState<number | null>(null);
  const [refused, setRefused] = useState<ReadonlyArray<{ message: string; field: string | null }>>([]);
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, refused);

  const unsaved = title !== initial.title || body !== initial.body || tags !== initial.tags.join('、');
  const saved = useRef(false);
  const isUnsaved = useCallback(() => unsaved && !saved.current, [unsaved]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (saving !== null) return;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const chosen = submitter instanceof HTMLButtonElement ? Number(submitter.value) : 0;
    const way = finish[chosen] ?? finish[0];
    setSaving(chosen);
    setRefused([]);
    try {
      const problems = await way.run({ title, body, tags: parseTags(tags) });
      if (problems.length === 0) {
        saved.current = true;
        way.done();
        return;
      }
      setRefused(problems);
      setPreview(false);
    } catch (error) {
      setRefused([{ field: null, message: `${errorText(error)}書いた内容はこの画面に残っています。` }]);
    } finally {
      setSaving(null);
    }
  }

  const errorOf = (name: string) => refused.find(({ field }) => field === name)?.message;
  const elsewhere = refused.filter(({ field }) => !['title', 'body', 'tags'].includes(field ?? ''));
  // Enter in a one-line field would press the first button and publish an unfinished text.
  const stay = (event: KeyboardEvent) => {
    if (event.key === 'Enter') event.preventDefault();
  };

  return (
    <form ref={form} className={css.form} onSubmit={(event) => void submit(event)} noValidate>
      <Field
        label="題名"
        name="title"
        value={title}
        maxLength={120}
        error={errorOf('title')}
        onChange={(event) => setTitle(event.currentTarget.value)}
        onKeyDown={stay}
      />
      <div className={css.text}>
        <div hidden={preview}>
          <TextArea
            label="本文"
            name="body"
            hint="Markdown で書けます。## 見出し、**強調**、- 箇条書き、> 引用、``` で囲んだコードなど。"
            rows={18}
            value={body}
            maxLength={50_000}
            error={errorOf('body')}
            onChange={(event) => setBody(event.currentTarget.value)}
          />
        </div>
        {preview && (
          <section className={css.preview} aria-label="本文のプレビュー">
            {body.trim() === '' ? (
              <p className={css.nothing}>本文を書くと、ここに仕上がりが表示されます。</p>
            ) : (
              <Markdown source={body} />
            )}
          </section>
        )}
        <Button tone="quiet" aria-pressed={preview} onClick={() => setPreview(!preview)}>
          {preview ? '編集に戻る' : 'プレビューを見る'}
        </Button>
      </div>
      <Field
        label="タグ"
        name="tags"
        hint="「、」か「,」で区切って、5個まで付けられます。"
        value={tags}
        error={errorOf('tags')}
        onChange={(event) => setTags(event.currentTarget.value)}
        onKeyDown={stay}
      />
      {elsewhere.length > 0 && <Notice problem>{elsewhere.map(({ message }) => message).join('')}</Notice>}
      <div className={css.finish}>
        {finish.map(({ label }, index) => (
          <Button
            key={label}
            type="submit"
            value={index}
            tone={index === 0 ? 'primary' : 'quiet'}
            busy={saving !== null}
          >
            {saving === index ? '保存しています…' : label}
          </Button>
        ))}
      </div>
      <UnsavedGuard isUnsaved={isUnsaved} />
    </form>
  );
}
