export type Files = {};
