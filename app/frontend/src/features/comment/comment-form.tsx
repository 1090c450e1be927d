import { useMutation } from '@apollo/client/react';
import { type FormEvent, useCallback, useRef, useState } from 'react';
import { errorText } from '../../shared/api/error-text.ts';
import { Button } from '../../shared/ui/button.tsx';
import { TextArea } from '../../shared/ui/field.tsx';
import { Notice } from '../../shared/ui/notice.tsx';
import { UnsavedGuard } from '../../shared/ui/unsaved-guard.tsx';
import { useFocusInvalid } from '../../shared/ui/use-focus-invalid.ts';
import hidden from '../../shared/ui/visually-hidden.module.css';
import { appendComment, pendingId } from './comment-cache.ts';
import css from './comment-form.module.css';
import { AddCommentDocument } from './generated/add-comment.ts';

/** Says something about an article. It shows at once; if the server refuses, the text is back in the field. */
export function CommentForm({ articleId, me }: { articleId: string; me: { id: string; name: string } }) {
  const [body, setBody] = useState('');
  const [refused, setRefused] = useState<{ field?: string; other?: string; sent?: true }>({});
  const sending = useRef(false);
  const form = useRef<HTMLFormElement>(null);
  useFocusInvalid(form, refused);
  const [add] = useMutation(AddCommentDocument, {
    update: (cache, { data }) => {
      if (data?.addComment.comment) appendComment(cache, articleId, data.addComment.comment);
    },
  });

  async function send(event: FormEvent) {
    event.preventDefault();
    if (sending.current) return;
    if (body.trim() === '') {
      setRefused({ field: 'コメントを書いてから送ってください。' });
      return;
    }
    sending.current = true;
    setRefused({});
    setBody('');
    try {
      const comment = {
        __typename: 'Comment' as const,
        id: pendingId(),
        body,
        createdAt: new Date().toISOString(),
        author: { __typename: 'User' as const, ...me },
        viewerCanDelete: false,
      };
      const { data } = await add({
        variables: { input: { articleId, body } },
        optimisticResponse: {
          __typename: 'Mutation',
          addComment: { __typename: 'AddCommentPayload', comment, errors: [] },
        },
      });
      const [refusal] = data?.addComment.errors ?? [];
      if (!refusal) return setRefused({ sent: true });
      setBody(body);
      setRefused(refusal.field === 'body' ? { field: refusal.message } : { other: refusal.message });
    } catch (error) {
      setBody(body);
      setRefused({ other: errorText(error) });
    } finally {
      sending.current = false;
    }
  }

  const unsaved = body.trim() !== '';
  return (
    <form ref={form} className={css.form} onSubmit={(event) => void send(event)} noValidate>
      <TextArea
        label={`${me.name}としてコメントする`}
        name="comment"
        rows={4}
        maxLength={2000}
        value={body}
        error={refused.field}
        onChange={(event) => setBody(event.currentTarget.value)}
      />
      {refused.other && <Notice problem>{refused.other}</Notice>}
      <output className={hidden.hidden}>{refused.sent ? 'コメントを送りました' : ''}</output>
      <Button type="submit">コメントを送る</Button>
      <UnsavedGuard isUnsaved={useCallback(() => unsaved, [unsaved])} />
    </form>
  );
}
