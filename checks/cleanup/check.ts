#!/usr/bin/env zx
// `zx checks/cleanup/check.ts …` = `pnpm check cleanup …`
import { checkChapter } from '../commands/chapter.ts';

process.exitCode = await checkChapter(import.meta.filename);
