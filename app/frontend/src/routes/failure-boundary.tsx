import { Component, type ReactNode } from 'react';
import { Button } from '../shared/ui/button.tsx';
import { Notice } from '../shared/ui/notice.tsx';
import { Page } from '../shared/ui/page.tsx';

/**
 * A route that broke shows why instead of a blank page. Most often its code is gone, because a newer version of
 * the page was published since this one was loaded. Give it a `key` per address, so that leaving ends it.
 */
export class FailureBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
  override state = { error: undefined as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const outdated = error instanceof TypeError && /module|import/i.test(error.message);
    return (
      <Page title={outdated ? '読み込み直しが必要です' : '表示できませんでした'}>
        <Notice problem actions={<Button onClick={() => location.reload()}>読み込み直す</Button>}>
          {outdated
            ? 'このブログが更新されたか、通信が途切れたため、ページの一部を読み込めませんでした。'
            : 'このページを表示する途中で問題が起きました。読み込み直しても直らないときは、少し待ってからお試しください。'}
        </Notice>
      </Page>
    );
  }
}
