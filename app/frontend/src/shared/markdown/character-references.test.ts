import { describe, expect, it } from 'vitest';
import { decodeCharacterReferences } from './character-references.ts';

describe('decodeCharacterReferences', () => {
  it.each([
    ['A &amp; B &lt;c&gt; &quot;d&quot;', 'A & B <c> "d"'],
    ['&#12354;&#x3044;&#X1F600;', 'あい😀'],
    ['&unknown; &amp', '&unknown; &amp'],
    ['&amp;lt;', '&lt;'],
    ['&#0;&#xD800;&#x110000;', '\ufffd\ufffd\ufffd'],
  ])('%s → %s', (written, meant) => {
    expect(decodeCharacterReferences(written)).toBe(meant);
  });
});
