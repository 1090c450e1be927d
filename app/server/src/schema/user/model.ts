/** A user's row, without what is private. */
export interface UserModel {
  id: number;
  name: string | null;
  createdAt: string | Date;
}

/** The signed-in user's own row. */
export interface MeModel extends UserModel {
  email: string;
}
