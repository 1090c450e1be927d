import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Refusal } from './refusal.ts';

/**
 * Saves what a URL gives, such as a presigned one of S3. Its query holds the signature, so no message shows it.
 * @throws Refusal when the answer isn't 200, breaks off, or nobody answers
 */
export async function download(url: URL, file: string, signal: AbortSignal): Promise<void> {
  const shown = `${url.origin}${url.pathname}`;
  try {
    const response = await fetch(url, { signal });
    if (!response.ok || !response.body) {
      throw new Refusal(
        `${shown} から受け取れませんでした（HTTP ${response.status}）。署名付き URL なら、期限が切れていないか確かめてください。`,
      );
    }
    await pipeline(Readable.fromWeb(response.body), createWriteStream(file), { signal });
  } catch (error) {
    if (error instanceof Refusal || signal.aborted) throw error;
    throw new Refusal(
      `${shown} から最後まで受け取れませんでした。ネットワークと URL を確かめて、もう一度実行してください。`,
    );
  }
}
