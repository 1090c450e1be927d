import { type RefObject, useEffect } from 'react';

/** After each new answer about a form, takes the writer to the first field that has to be corrected, if any. */
export function useFocusInvalid(form: RefObject<HTMLFormElement | null>, answer: object): void {
  useEffect(() => {
    if (answer) form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus();
  }, [answer, form]);
}
