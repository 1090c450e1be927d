import type { PrismaClient } from './generated/prisma/client.ts';
import type { UserModel } from './generated/prisma/models.ts';

/** What every resolver gets: the database of this request and who is asking, null for a visitor. */
export interface Context {
  prisma: PrismaClient;
  user: UserModel | null;
}
