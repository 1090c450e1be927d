import type { Env } from '../../build/env.ts';

declare const __ENV__: Env;

/** The page's settings, parsed once when it was built (see `build/env.ts`); nothing else reads `import.meta.env`. */
export const env: Env = __ENV__;
