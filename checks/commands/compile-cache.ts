import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { state } from './paths.ts';

// Imported first by each command: the SDK's clients, which are loaded later, then start in a third of the time.
enableCompileCache(join(state, 'compile-cache'));
