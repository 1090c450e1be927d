export type Run = {};
