import { useEffect, useLayoutEffect, useRef } from 'react';
import { NavigationType, useLocation, useNavigationType } from 'react-router';

const positions = new Map<string, number>();

/** A new page starts at its top; going back or forward returns to where one was. */
export function useScrollPosition(): void {
  const { key, pathname } = useLocation();
  const kind = useNavigationType();
  const shown = useRef(pathname);

  // A layout effect ends before the new page scrolls to its own place, which isn't to be remembered as this one's.
  useLayoutEffect(() => {
    const remember = () => positions.set(key, scrollY);
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, [key]);

  useEffect(() => {
    // The browser would scroll before the page that it returns to is there; only a reload is its own affair.
    const setRestoration = (mode: ScrollRestoration) => () => {
      history.scrollRestoration = mode;
    };
    const [onShow, onHide] = [setRestoration('manual'), setRestoration('auto')];
    onShow();
    addEventListener('pageshow', onShow);
    addEventListener('pagehide', onHide);
    return () => {
      removeEventListener('pageshow', onShow);
      removeEventListener('pagehide', onHide);
    };
  }, []);

  useLayoutEffect(() => {
    // A change of the query alone stays where it is.
    if (shown.current === pathname) return;
    shown.current = pathname;
    scrollTo(0, kind === NavigationType.Pop ? (positions.get(key) ?? 0) : 0);
  }, [key, kind, pathname]);
}
