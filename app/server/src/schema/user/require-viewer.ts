import type { Context } from '../../graphql/context.ts';
import { notSignedIn } from '../root/user-error.ts';
import type { MeModel } from './model.ts';

/**
 * The signed-in user.
 * @param message what a visitor is told.
 * @throws ExpectedFailure (NOT_SIGNED_IN) for a visitor.
 */
export async function requireViewer(context: Context, message: string): Promise<MeModel> {
  const viewer = await context.viewer();
  if (!viewer) throw notSignedIn(message);
  return viewer;
}
