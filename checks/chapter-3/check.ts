#!/usr/bin/env zx
// `zx checks/chapter-3/check.ts …` = `pnpm check chapter-3 …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
