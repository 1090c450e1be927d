#!/usr/bin/env zx
// `zx checks/chapter-5/check.ts …` = `pnpm check chapter-5 …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
