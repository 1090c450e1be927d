export type Gh = {};
