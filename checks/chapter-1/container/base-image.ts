import { defineCheck } from '../../check.ts';
import { appDockerfile } from '../../find/app-dockerfile.ts';

/** A digest, or a tag with at least major and minor: `node:24` alone moves every few weeks. */
function fixed(image: string, digest: string | null): boolean {
  return image === 'scratch' || digest !== null || /:v?\d+\.\d+/.test(image);
}

export default defineCheck({
  title: '土台のイメージのバージョンが決まっている',
  why: 'latest や番号のない土台は、ある日中身が入れ替わります。昨日まで動いていたものが、何も変えていないのに動かなくなります。',
  needs: ['chapter-1/container/stages'],
  read: (world) => appDockerfile(world),
  judge: (found) => {
    const loose = (found?.stages ?? []).filter(({ image, digest, fromStage }) => !fromStage && !fixed(image, digest));
    if (!found || loose.length > 0) {
      return {
        status: 'fail',
        evidence: loose
          .map(({ image, line }) => `${found?.file}:${line} の ${image} は、バージョンが決まっていません`)
          .join('。'),
        expected: 'node:24.21.0-alpine のように、番号か @sha256: を書く',
      };
    }
    const bases = found.stages.filter(({ fromStage }) => !fromStage).map(({ image }) => image);
    return { status: 'pass', evidence: `${[...new Set(bases)].join('、')} です。` };
  },
  fix: {
    console: 'エディターで Dockerfile の FROM を開き、番号を書き足します。',
    cli: 'FROM の行を node:24.21.0-alpine のように、マイナーバージョンまで書きます。',
    cdk: 'Dockerfile は CDK では変わりません。第2章の CDK は、ここで作るイメージを使います。',
  },
  console: null,
  doc: 'chapters/chapter-1/04-container.md#dockerfile',
});
