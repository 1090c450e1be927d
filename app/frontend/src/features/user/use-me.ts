import { useQuery } from '@apollo/client/react';
import { useSession } from '../../shared/session/session.ts';
import { MeDocument, type MeQuery } from './generated/me.ts';

/** The signed-in user's own profile; `null` while nobody is signed in or it isn't loaded yet. */
export function useMe(): MeQuery['me'] {
  const signedIn = useSession().status === 'signed-in';
  const { data } = useQuery(MeDocument, { skip: !signedIn });
  return (signedIn && data?.me) || null;
}
