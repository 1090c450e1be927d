import { paths } from '../shared/paths.ts';
import { ButtonLink } from '../shared/ui/button.tsx';
import { Empty } from '../shared/ui/empty.tsx';
import { Page } from '../shared/ui/page.tsx';

/** An address that leads nowhere. */
export function Component() {
  return (
    <Page title="ページが見つかりません">
      <Empty title="このアドレスには何もありません" action={<ButtonLink to={paths.home}>新しい記事を見る</ButtonLink>}>
        アドレスが正しいかどうかを確かめるか、メニューの「検索」で探してください。
      </Empty>
    </Page>
  );
}
