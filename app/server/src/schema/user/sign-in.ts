import type { Claims } from '../../auth/verifier.ts';
import type { Database } from '../../database/client.ts';
import { isoTime } from '../root/sql.ts';
import { ExpectedFailure } from '../root/user-error.ts';
import type { MeModel } from './model.ts';

/** PostgreSQL: unique_violation. */
const UNIQUE_VIOLATION = '23505';

/**
 * The row of the token's user: made when this `sub` is seen for the first time, and given the new address when that
 * has changed at Supabase. An unchanged row is only read.
 * @throws ExpectedFailure when the account has no address, or another account's row has it already: addresses may be
 *   unconfirmed, so the two are never joined.
 */
export async function findOrCreateUser({ pool }: Database, { sub, email }: Claims): Promise<MeModel> {
  if (email === null) {
    throw new ExpectedFailure({
      code: 'NOT_SIGNED_IN',
      message: 'メールアドレスのないアカウントでは利用できません。メールアドレスで登録し直してください。',
      field: null,
    });
  }
  const columns = `id, name, email, ${isoTime('"createdAt"')} AS "createdAt"`;
  const found = await pool.query<MeModel>(`SELECT ${columns} FROM "User" WHERE sub = $1 AND email = $2`, [sub, email]);
  if (found.rows[0]) return found.rows[0];
  try {
    const made = await pool.query<MeModel>(
      `INSERT INTO "User" (sub, email, "updatedAt") VALUES ($1, $2, now() AT TIME ZONE 'UTC')
       ON CONFLICT (sub) DO UPDATE SET email = excluded.email, "updatedAt" = excluded."updatedAt"
       RETURNING ${columns}`,
      [sub, email],
    );
    return made.rows[0] as MeModel;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error;
    throw new ExpectedFailure({
      code: 'NOT_SIGNED_IN',
      message: 'このメールアドレスは別のアカウントで登録されています。はじめに登録した方法でログインしてください。',
      field: null,
    });
  }
}
