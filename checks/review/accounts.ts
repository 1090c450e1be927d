import { readFile } from 'node:fs/promises';
import { Refusal } from '../refusal.ts';

/** How the instructor gets to look at a learner's account. */
export interface Account {
  learner: string;
  role: string;
  externalId: string | null;
}

const ROLE = /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/;

/**
 * The instructor's list: `名前,ロールの ARN,外部 ID` a line, the last of which may be left out.
 * @throws Refusal that names the line that can't be understood
 */
export async function accounts(file: string): Promise<Account[]> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new Refusal(`一覧 ${file} を読めません。パスを確かめてください。`);
  });
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/);
  return lines.flatMap((line, index) => {
    if (line.trim() === '' || line.startsWith('#')) return [];
    const [learner = '', role = '', externalId = ''] = line.split(',').map((word) => word.trim());
    if (index === 0 && !role.startsWith('arn:')) return [];
    if (learner === '' || !ROLE.test(role)) {
      throw new Refusal(
        `一覧 ${file} の ${index + 1} 行目を読めません（「${line}」）。「名前,arn:aws:iam::…:role/…,外部ID」の形で書いてください。`,
      );
    }
    return [{ learner, role, externalId: externalId || null }];
  });
}
