import { ECR } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTrial, type Trial } from '../../rehearsal/trial.ts';
import { putIndex } from './put-index.ts';

let trial: Trial;
beforeAll(async () => {
  trial = await startTrial();
});
afterAll(() => trial.close());

it('gives every image a digest of its own, by which that image is found', async () => {
  const ecr = trial.client(ECR);
  const repositoryName = 'releases';
  await ecr.createRepository({ repositoryName });
  const digests: string[] = [];
  // More than the emulator has digests of its own for.
  for (let n = 0; n < 150; n += 1) digests.push(await putIndex(ecr, repositoryName, `v${n}`, { n: String(n) }));
  expect(new Set(digests).size).toBe(150);
  for (const n of [0, 75, 149]) {
    const { images: [image] = [] } = await ecr.batchGetImage({
      repositoryName,
      imageIds: [{ imageDigest: digests[n] }],
    });
    expect(JSON.parse(image?.imageManifest ?? '')).toMatchObject({ annotations: { n: String(n) } });
  }
});
