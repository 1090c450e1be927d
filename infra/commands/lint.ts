/** `npm run lint`: only the static part of `npm test`. */
import { resolve } from 'node:path';
import { summaryLine } from './test/counts.ts';
import { look } from './test/look.ts';
import { onStop } from './test/on-stop.ts';

const counts = await look(resolve(import.meta.dirname, '../..'), onStop());
process.stdout.write(`\n${summaryLine(counts)}\n`);
process.exit(counts.failed > 0 ? 1 : 0);
