import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { paths } from '../../shared/paths.ts';
import { ButtonLink } from '../../shared/ui/button.tsx';
import { DateText } from '../../shared/ui/date.tsx';
import { Empty } from '../../shared/ui/empty.tsx';
import { LoadFailure } from '../../shared/ui/load-failure.tsx';
import { Page } from '../../shared/ui/page.tsx';
import { Skeleton } from '../../shared/ui/skeleton.tsx';
import { AuthorDocument } from './generated/author.ts';

/** An author's page: their name, since when they are here, and `children` below. */
export function AuthorPage({ id, children }: { id: string; children: ReactNode }) {
  const { data, error, refetch } = useQuery(AuthorDocument, { variables: { id } });
  if (data?.user) {
    return (
      <Page
        title={data.user.name}
        lead={
          <>
            <DateText at={data.user.createdAt} />
            から書いています
          </>
        }
      >
        {children}
      </Page>
    );
  }
  if (data) {
    return (
      <Page title="書き手が見つかりません">
        <Empty
          title="この書き手のページはありません"
          action={<ButtonLink to={paths.home}>新しい記事を見る</ButtonLink>}
        >
          退会したか、アドレスが違うのかもしれません。
        </Empty>
      </Page>
    );
  }
  return error ? <LoadFailure error={error} onRetry={() => void refetch().catch(() => {})} /> : <Skeleton />;
}
