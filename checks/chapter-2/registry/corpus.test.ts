import { createHash } from 'node:crypto';
import { ECR } from '@aws-sdk/client-ecr';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { judge } from '../../corpus/judged.ts';
import { type Moto, startMoto } from '../../corpus/moto.ts';
import { sampled, sampledBuilds } from '../../corpus/sampled.ts';

// As in the network's corpus: the right registry, then one mistake at a time, on a real emulator with the real engine.

const INDEX = 'application/vnd.oci.image.index.v1+json';
const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const digest = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

interface Case {
  name: string;
  make: (ecr: ECR) => Promise<unknown>;
  names?: string[];
}

interface Mistake extends Case {
  caught: string;
}

const NAME = 'my-server';
const create = (ecr: ECR, repositoryName = NAME, scanOnPush = true) =>
  ecr.createRepository({ repositoryName, imageScanningConfiguration: { scanOnPush } });
/** Pushes what buildx does: an index of the image and an attestation about it. */
const push = (ecr: ECR, architecture: string, imageTag = 'initial') =>
  ecr.putImage({
    repositoryName: NAME,
    imageTag,
    imageManifestMediaType: INDEX,
    imageManifest: JSON.stringify({
      schemaVersion: 2,
      mediaType: INDEX,
      manifests: [
        {
          mediaType: MANIFEST,
          digest: digest(architecture + imageTag),
          size: 1,
          platform: { os: 'linux', architecture },
        },
        { mediaType: MANIFEST, digest: digest('about'), size: 1, platform: { os: 'unknown', architecture: 'unknown' } },
      ],
    }),
  });
/** Pushes what the classic builder does: the manifest of one platform, which doesn't name it. */
const pushPlain = (ecr: ECR) =>
  ecr.putImage({
    repositoryName: NAME,
    imageTag: 'initial',
    imageManifestMediaType: MANIFEST,
    imageManifest: JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digest('config'), size: 1 },
      layers: [],
    }),
  });
const expire = (ecr: ECR, selection: object) =>
  ecr.putLifecyclePolicy({
    repositoryName: NAME,
    lifecyclePolicyText: JSON.stringify({ rules: [{ rulePriority: 1, selection, action: { type: 'expire' } }] }),
  });

const mistakes: Mistake[] = [
  { name: 'リポジトリを作っていない', caught: 'repository', make: async () => {}, names: ['ap-northeast-1'] },
  {
    name: '別のリージョンに作った',
    caught: 'repository',
    make: async (ecr) => {
      const abroad = new ECR({ ...(await config(ecr)), region: 'us-east-1' });
      await create(abroad);
      abroad.destroy();
    },
    names: ['別のリージョン'],
  },
  {
    name: '名前の違うリポジトリが2つあり、決められない',
    caught: 'repository',
    make: async (ecr) => {
      await create(ecr);
      await create(ecr, 'other-server');
    },
    names: [NAME, 'other-server'],
  },
  {
    name: 'プッシュ時のスキャンが無効',
    caught: 'scan',
    make: async (ecr) => {
      await create(ecr, NAME, false);
      await push(ecr, 'amd64');
    },
    names: [NAME],
  },
  { name: 'イメージをプッシュしていない', caught: 'image', make: (ecr) => create(ecr), names: [NAME] },
  {
    name: 'arm64 のイメージをプッシュした',
    caught: 'image',
    make: async (ecr) => {
      await create(ecr);
      await push(ecr, 'arm64');
    },
    names: ['initial', 'linux/arm64', 'linux/amd64'],
  },
  {
    name: '最後の1つだけを残すルール',
    caught: 'lifecycle',
    make: async (ecr) => {
      await create(ecr);
      await push(ecr, 'amd64');
      await expire(ecr, { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 1 });
    },
    names: [NAME, '1つ'],
  },
  {
    name: '日数で捨てるルール',
    caught: 'lifecycle',
    make: async (ecr) => {
      await create(ecr);
      await push(ecr, 'amd64');
      await expire(ecr, { tagStatus: 'any', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 14 });
    },
    names: [NAME, '14日'],
  },
];

const rightBuilds: Case[] = [
  {
    name: '別の名前の、1つだけのリポジトリ',
    make: async (ecr) => {
      await create(ecr);
      await push(ecr, 'amd64');
    },
  },
  {
    name: '何用か書かれていないイメージ',
    make: async (ecr) => {
      await create(ecr);
      await pushPlain(ecr);
    },
  },
  {
    name: 'タグのないイメージを片づけるルール',
    make: async (ecr) => {
      await create(ecr);
      await push(ecr, 'amd64');
      await expire(ecr, { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 1 });
    },
  },
  {
    name: '計画の名前のリポジトリの隣に、ほかのものがある',
    make: async (ecr) => {
      await create(ecr, 'blog-aws-practice-server');
      await create(ecr, 'somebody-elses', false);
      await ecr.putImage({
        repositoryName: 'blog-aws-practice-server',
        imageTag: 'initial',
        imageManifestMediaType: MANIFEST,
        imageManifest: JSON.stringify({
          schemaVersion: 2,
          mediaType: MANIFEST,
          config: { digest: digest('c') },
          layers: [],
        }),
      });
    },
  },
];

const played = sampled(mistakes);

let moto: Moto;
beforeAll(async () => {
  moto = await startMoto();
});
afterAll(() => moto.stop());

describe('a mistake is named by its check, and by no other', () => {
  let caughtSoFar = 0;

  test.each(played)('$name → $caught', async ({ caught, make, names = [] }) => {
    const results = await play(make);
    const alarms = [...results].filter(([, { status }]) => status !== 'pass' && status !== 'blocked');
    expect(alarms).toEqual([[caught, expect.objectContaining({ status: 'fail' })]]);
    for (const word of names) expect(results.get(caught)?.evidence).toContain(word);
    caughtSoFar += 1;
  });

  afterAll(() => console.log(`間違い: ${caughtSoFar}/${played.length} を名指し`));
});

test.each(sampledBuilds(rightBuilds))('a right build passes whole: $name', async ({ make }) => {
  const results = await play(make);
  expect([...results].filter(([, { status }]) => status !== 'pass')).toEqual([]);
  expect(results.size).toBe(4);
});

async function play(make: Case['make']) {
  const credentials = await moto.account();
  const ecr = new ECR({ endpoint: moto.endpoint, region: 'ap-northeast-1', credentials });
  try {
    await make(ecr);
    return (await judge('chapter-2/registry', { endpoint: moto.endpoint, credentials })).results;
  } finally {
    ecr.destroy();
  }
}

async function config({ config: { credentials } }: ECR) {
  return { endpoint: moto.endpoint, credentials: await credentials() };
}
