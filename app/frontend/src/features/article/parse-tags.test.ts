import { describe, expect, it } from 'vitest';
import { parseTags } from './parse-tags.ts';

describe('parseTags', () => {
  it.each([
    ['', []],
    ['AWS、Node.js,GraphQL，本', ['AWS', 'Node.js', 'GraphQL', '本']],
    [' #AWS 、＃本、、 AWS ', ['AWS', '本']],
    ['C#、二つの 言葉', ['C#', '二つの 言葉']],
  ])('%j → %j', (line, names) => {
    expect(parseTags(line)).toEqual(names);
  });
});
