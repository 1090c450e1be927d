import { defineCheck } from '../../check.ts';
import { oldNames } from '../../find/old-names.ts';

/** As many as fit on a screen. */
const SHOWN = 8;

export default defineCheck({
  title: '古い名前（apollo-cloudflare）がどこにも残っていない',
  why: '環境変数のファイルや説明文に古い名前が残ると、古い Worker の URL につないだり、読む人が古い手順を実行したりします。',
  read: (world) => oldNames(world),
  judge: ({ places, files }) => {
    if (places.length === 0) return { status: 'pass', evidence: `${files} 個のファイルに古い名前はありません。` };
    const shown = places.slice(0, SHOWN).map(({ file, line, name }) => `${file}:${line}（${name}）`);
    const more = places.length > SHOWN ? `ほか ${places.length - SHOWN} か所` : '';
    return {
      status: 'fail',
      evidence: `古い名前が ${places.length} か所に残っています: ${[...shown, more].filter(Boolean).join('、')}`,
      expected: 'apollo-cloudflare で始まる名前がない',
    };
  },
  fix: {
    console: 'エディターの「すべてのファイルから検索」で apollo-cloudflare を探し、表の新しい名前に書き換えます。',
    cli: 'grep -rnI --exclude-dir=node_modules apollo-cloudflare . で場所を探し、表の新しい名前に書き換えます。',
    cdk: '名前は CDK では変わりません。',
  },
  console: null,
  doc: 'chapters/chapter-1/01-rename.md#残っていないか探す',
});
