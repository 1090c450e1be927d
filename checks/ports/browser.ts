export type Browser = {};
