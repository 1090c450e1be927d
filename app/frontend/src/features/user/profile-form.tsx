import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { Link } from 'react-router';
import { errorText } from '../../shared/api/error-text.ts';
import { paths } from '../../shared/paths.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Field } from '../../shared/ui/field.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { UnsavedGuard } from '../../shared/ui/unsaved-guard.tsx';
import { useFocusInvalid } from '../../shared/ui/use-focus-invalid.ts';
import { MeDocument, type MeQuery } from './generated/me.ts';
import { UpdateProfileDocument } from './generated/update-profile.ts';
import css from './profile-form.module.css';

/** One's own name and address; the name can be changed. */
export function ProfileForm() {
  const { data, error, refetch } = useQuery(MeDocument);
  if (data?.me) return <Form me={data.me} />;
  return error || data ? (
    <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} />
  ) : (
    <Skeleton blocks={1} />
  );
}

function Form({ me }: { me: NonNullable<MeQuery['me']> }) {
  const [name, setName] = useState(me.name ?? '');
  const [update, { loading }] = useMutation(UpdateProfileDocument);
  const [outcome, setOutcome] = useState<{ saved?: true; field?: string; other?: string }>({});
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, outcome);
  const unsaved = name !== (me.name ?? '');

  async function save(event: FormEvent) {
    event.preventDefault();
    setOutcome({});
    try {
      const { data } = await update({ variables: { input: { name } } });
      const [refusal] = data?.updateProfile.errors ?? [];
      if (!refusal) setOutcome({ saved: true });
      else setOutcome(refusal.field === 'name' ? { field: refusal.message } : { other: refusal.message });
    } catch (error) {
      setOutcome({ other: errorText(error) });
    }
  }

  return (
    <form ref={form} className={css.form} onSubmit={(event) => void save(event)} noValidate>
      <dl className={css.facts}>
        <dt>メールアドレス</dt>
        <dd>{me.email}（公開されません）</dd>
        <dt>公開されるページ</dt>
        <dd>
          <Link to={paths.author(me.user.id)}>{me.user.name}のページ</Link>
        </dd>
      </dl>
      <Field
        label="表示名"
        name="name"
        hint="50文字まで。いつでも変えられます。"
        autoComplete="nickname"
        maxLength={50}
        value={name}
        error={outcome.field}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      {outcome.saved && <Notice>表示名を保存しました。</Notice>}
      {outcome.other && <Notice problem>{outcome.other}</Notice>}
      <Button type="submit" busy={loading}>
        {loading ? '保存しています…' : '保存する'}
      </Button>
      <UnsavedGuard isUnsaved={useCallback(() => unsaved, [unsaved])} />
    </form>
  );
}
