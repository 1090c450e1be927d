export type Http = {};
