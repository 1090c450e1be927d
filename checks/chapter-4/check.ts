#!/usr/bin/env zx
// `zx checks/chapter-4/check.ts …` = `pnpm check chapter-4 …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
