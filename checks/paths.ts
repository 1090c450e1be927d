import { join } from 'node:path';

/** The repository's root. */
export const root = join(import.meta.dirname, '..');

/** The folder for this machine's state; a test may give its own. */
export const state = process.env.BLOG_AWS_PRACTICE_STATE ?? join(root, '.local');
