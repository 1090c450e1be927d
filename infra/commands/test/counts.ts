import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** How many passed, failed, and were left out. */
export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const report = z.object({
  success: z.boolean(),
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * Counts from vitest's JSON report. What failed without a test's name counts as one: a file that didn't even load, an error
 * outside every test, a run that left no report.
 *
 * @param file the report; it must be of this very run
 * @param ok whether vitest itself ended well
 */
export function vitestCounts(file: string, ok: boolean): Counts {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = report.parse(JSON.parse(text));
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = numFailedTests + brokenFiles;
  return {
    passed: numPassedTests,
    failed: failed === 0 && !ok ? 1 : failed,
    skipped: numPendingTests + numTodoTests,
  };
}

/** The last line of `npm test`: `12 passed, 0 failed`, with `, 1 skipped` where any was. */
export function summaryLine({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
