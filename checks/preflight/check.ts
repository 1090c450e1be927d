#!/usr/bin/env zx
// `zx checks/preflight/check.ts …` = `pnpm check preflight …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
