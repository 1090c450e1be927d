#!/usr/bin/env zx
// `zx checks/chapter-1/check.ts …` = `pnpm check chapter-1 …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
