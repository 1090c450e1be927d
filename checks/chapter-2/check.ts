#!/usr/bin/env zx
// `zx checks/chapter-2/check.ts …` = `pnpm check chapter-2 …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
