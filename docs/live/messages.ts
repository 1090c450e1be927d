import type { Report, Result } from '@blog-aws-practice/checks/report/report.ts';

/** Which AWS the page looks at. */
export type Target = 'rehearsal' | 'aws';

/** What the page is told first. */
export interface Session {
  token: string;
  /** How commands run on this machine. */
  pnpm: string;
  rehearsal: boolean;
}

/** A step with how far it is. */
export interface StepProgress {
  chapter: string;
  step: string;
  title: string;
  /** e.g. `chapters/chapter-2/01-network.md` */
  page: string | null;
  checks: number;
  passed: number;
  /** Milliseconds from the first failure to the last first pass; null before all passed. */
  spent: number | null;
}

export interface ChapterProgress {
  id: string;
  title: string;
  steps: StepProgress[];
}

/** What a run of checks gave. */
export interface Checked {
  report: Report;
  causes: Result[];
}

/** The architecture now. */
export interface Drawn {
  svg: string;
  /** What it costs now, in words; null where that can't be told. */
  cost: string | null;
  note: string;
}
