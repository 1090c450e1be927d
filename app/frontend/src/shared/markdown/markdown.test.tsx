import { readFileSync } from 'node:fs';
import { renderToStaticMarkup } from 'react-dom/server';
import { MemoryRouter } from 'react-router';
import { describe, expect, it } from 'vitest';
import { Markdown } from './markdown.tsx';
import payloads from './xss-payloads.json' with { type: 'json' };

const html = (source: string) =>
  renderToStaticMarkup(
    <MemoryRouter>
      <Markdown source={source} />
    </MemoryRouter>,
  ).replace(/^<div[^>]*>|<\/div>$/g, '');

describe('Markdown', () => {
  it.each([
    ['東京**「都」**です', '<p>東京<strong>「都」</strong>です</p>'],
    ['これは*傍点*です', '<p>これは<em>傍点</em>です</p>'],
    ['~~取り消し~~', '<p><del>取り消し</del></p>'],
    ['行の終わり  \n次の行', '<p>行の終わり<br/>次の行</p>'],
    ['`<b>`と&amp;と\\*', '<p><code>&lt;b&gt;</code>と&amp;と*</p>'],
    ['> 引用', '<blockquote><p>引用</p></blockquote>'],
    ['1. 一\n2. 二', '<ol start="1"><li>一</li><li>二</li></ol>'],
    ['3. 三', '<ol start="3"><li>三</li></ol>'],
    ['---', '<hr/>'],
    ['```js\na < b\n```', '<pre tabindex="0"><code>a &lt; b</code></pre>'],
    ['[中](/tags)', '<p><a href="/tags" data-discover="true">中</a></p>'],
    ['[外](https://example.com/)', '<p><a href="https://example.com/" rel="ugc nofollow noopener">外</a></p>'],
    ['<!-- 控え -->', ''],
    ['<b>太字</b>', '<p>&lt;b&gt;太字&lt;/b&gt;</p>'],
  ])('%j', (source, expected) => {
    expect(html(source)).toBe(expected);
  });

  it('puts the headings below the title of the page and skips no level', () => {
    const levels = (source: string) => [...html(source).matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels('# a\n## b\n### c\n# d')).toEqual([2, 3, 4, 2]);
    expect(levels('### a\n### b\n##### c\n###### d')).toEqual([2, 2, 3, 4]);
    expect(levels('> ###### a\n\n# b')).toEqual([2, 2]);
  });

  it('shows a picture only over https, and its words otherwise', () => {
    expect(html('![山](https://example.com/a.png)')).toContain('<img src="https://example.com/a.png" alt="山"');
    expect(html('![山](http://example.com/a.png)')).toBe('<p>山</p>');
  });

  it('shows what nests beyond reason as it was written', () => {
    expect(html('>'.repeat(50_000))).toContain('&gt;&gt;&gt;');
    const deep = html(`${'> '.repeat(200)}底`);
    expect(deep.match(/<blockquote>/g)?.length).toBeLessThan(30);
    expect(deep).toContain('底');
  });

  it('is quick with texts made to be slow', () => {
    const before = process.cpuUsage();
    for (const part of ['*a ', '[', '![', '[a](', '`a``', '_', '<a ', '- ', '|', '\\[', '**a', '~~', '&#', '\n> - ']) {
      html(part.repeat(50_000 / part.length));
    }
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000_000).toBeLessThan(15);
  }, 120_000);

  it.each(payloads)('makes no live markup from %j', (payload) => {
    const shown = html(payload);
    const tags = [...shown.matchAll(/<(\/?)([a-z0-9]+)([^>]*)>/gi)];
    for (const [, , name, attributes] of tags) {
      expect(name).toMatch(
        /^(p|a|em|strong|del|code|pre|br|hr|ul|ol|li|blockquote|h[2-6]|img|table|thead|tbody|tr|th|td|div|span|link)$/,
      );
      expect(attributes?.replace(/"[^"]*"/g, '')).not.toMatch(/\son[a-z]+=/i);
      expect(attributes).not.toMatch(/(href|src)="\s*(javascript|data|vbscript|blob|file):/i);
    }
  });

  it('has a corpus worth the name', () => {
    expect(payloads.length).toBeGreaterThanOrEqual(60);
    expect(readFileSync(new URL('markdown.tsx', import.meta.url), 'utf8')).not.toContain('dangerouslySetInnerHTML');
  });
});
