import type { Status } from '../check.ts';
import type { Mode } from './report.ts';

/** What an outcome is called; the sign stands beside it for the eye, one column wide everywhere. */
export const STATUS: Record<Status, { sign: string; word: string }> = {
  pass: { sign: '✓', word: '合格' },
  fail: { sign: '✗', word: '不合格' },
  pending: { sign: '~', word: '準備中' },
  blocked: { sign: '-', word: '保留' },
  unknown: { sign: '?', word: '確認不可' },
};

/** What was looked at. */
export const MODE: Record<Mode, string> = {
  aws: 'AWS',
  rehearsal: 'リハーサル',
  local: 'この機械',
  replay: '記録の再生',
};
