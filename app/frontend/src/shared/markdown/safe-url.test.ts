import { describe, expect, it } from 'vitest';
import { safeUrl } from './safe-url.ts';

const web = ['https:', 'http:', 'mailto:'];

describe('safeUrl', () => {
  it.each([
    ['https://example.com/?q=東京', 'https://example.com/?q=%E6%9D%B1%E4%BA%AC'],
    ['mailto:a@example.com', 'mailto:a@example.com'],
    ['/articles/1?x=1#y', '/articles/1?x=1#y'],
    ['articles', '/articles'],
    ['#見出し', '#%E8%A6%8B%E5%87%BA%E3%81%97'],
    ['//example.com/x', 'https://example.com/x'],
    ['/\\example.com', 'https://example.com/'],
  ])('%s → %s', (written, meant) => {
    expect(safeUrl(written, web)).toBe(meant);
  });

  it.each([
    'javascript:alert(1)',
    ' JaVaScRiPt:alert(1)',
    'java\nscript:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:msgbox(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/1',
    'file:///etc/passwd',
    'https://',
    'http://[',
  ])('refuses %j', (written) => {
    expect(safeUrl(written, web)).toBeNull();
  });

  it('allows only the protocols that it is given', () => {
    expect(safeUrl('http://example.com/a.png', ['https:'])).toBeNull();
    expect(safeUrl('//evil.example/', [])).toBeNull();
  });
});
