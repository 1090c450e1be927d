import { XMLBuilder } from 'fast-xml-parser';
import writeFileAtomic from 'write-file-atomic';
import type { Report, Result } from './report.ts';

/** Writes the report as JUnit XML, one suite a step. */
export async function saveJunit(file: string, report: Report): Promise<void> {
  await writeFileAtomic(file, junit(report));
}

/**
 * JUnit XML as CI services read it: a check that fails is a failure, one that could not be seen an error,
 * one that is held up or still in preparation is skipped.
 */
export function junit(report: Report): string {
  const steps = Map.groupBy(report.results, ({ step }) => step);
  const suites = [...steps].map(([step, results]) => ({
    '@name': `${report.chapter}/${step}`,
    '@tests': results.length,
    ...counts(results),
    '@timestamp': report.startedAt,
    testcase: results.map(testcase),
  }));
  const builder = new XMLBuilder({
    attributeNamePrefix: '@',
    ignoreAttributes: false,
    format: true,
    textNodeName: '#text',
  });
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': report.chapter,
      '@tests': report.results.length,
      ...counts(report.results),
      '@time': (report.durationMs / 1000).toFixed(3),
      testsuite: suites,
    },
  });
}

function counts(results: Result[]) {
  const number = (...wanted: Result['status'][]) => results.filter(({ status }) => wanted.includes(status)).length;
  return { '@failures': number('fail'), '@errors': number('unknown'), '@skipped': number('blocked', 'pending') };
}

function testcase(one: Result): object {
  const head = { '@classname': one.id.split('/').slice(0, 2).join('.'), '@name': one.title };
  const text = clean(one.evidence);
  switch (one.status) {
    case 'pass':
      return head;
    case 'fail':
      return {
        ...head,
        failure: {
          '@message': text,
          '@type': one.id,
          '#text': clean(
            `現在: ${one.evidence}\n期待: ${one.expected}\n直し方（コンソール）: ${one.fix.console}\n直し方（CLI）: ${one.fix.cli}\n直し方（CDK）: ${one.fix.cdk}\n${one.links.doc}`,
          ),
        },
      };
    case 'unknown':
      return { ...head, error: { '@message': text, '@type': one.missingAction ?? 'unknown' } };
    default:
      return { ...head, skipped: { '@message': text } };
  }
}

/** Without the control characters that XML 1.0 can't hold. */
function clean(text: string): string {
  return text.replaceAll(/[^\P{Cc}\t\n\r]/gu, '');
}
