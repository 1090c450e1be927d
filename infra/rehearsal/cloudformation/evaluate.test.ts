import { describe, expect, it } from 'vitest';
import { evaluate, holds, type Scope } from './evaluate.ts';
import { inOrder, type Json, readTemplate, references } from './template.ts';

/** Writes `<name>` as Fn::Sub writes a name, which in a source file looks like a forgotten template. */
const sub = ([text = '']: readonly string[]) => text.replaceAll('<', '\u0024{').replaceAll('>', '}');

const scope: Scope = {
  values: { 'AWS::Region': 'ap-northeast-1', Stage: 'dev', Zones: ['a', 'c'] },
  conditions: {
    IsDev: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] },
    IsProd: { 'Fn::Not': [{ Condition: 'IsDev' }] },
    Either: { 'Fn::Or': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
    Both: { 'Fn::And': [{ Condition: 'IsDev' }, { Condition: 'IsProd' }] },
  },
  mappings: { Size: { dev: { cpu: 256 } } },
  ref: (resource) => (resource === 'Vpc' ? 'vpc-1' : undefined),
  attribute: (resource, attribute) => `${resource}.${attribute}`,
  zones: (region) => ['a', 'c', 'd'].map((letter) => region + letter),
  imported: (name) => `imported ${name}`,
};

describe('a template value', () => {
  it.each<[string, Json, Json]>([
    ['Ref of a resource', { Ref: 'Vpc' }, 'vpc-1'],
    ['Ref of a parameter', { Ref: 'Stage' }, 'dev'],
    ['GetAtt as a list', { 'Fn::GetAtt': ['Eip', 'AllocationId'] }, 'Eip.AllocationId'],
    ['GetAtt as text, with a dot in the attribute', { 'Fn::GetAtt': 'Db.Endpoint.Port' }, 'Db.Endpoint.Port'],
    ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Vpc' }, 1]] }, 'a-vpc-1-1'],
    ['Join of a list parameter', { 'Fn::Join': [',', { Ref: 'Zones' }] }, 'a,c'],
    ['Select of Split', { 'Fn::Select': ['1', { 'Fn::Split': ['/', 'x/y'] }] }, 'y'],
    ['GetAZs of here', { 'Fn::Select': [0, { 'Fn::GetAZs': '' }] }, 'ap-northeast-1a'],
    ['Sub of names and attributes', { 'Fn::Sub': sub`<Vpc>/<Eip.Id>/<AWS::Region>` }, 'vpc-1/Eip.Id/ap-northeast-1'],
    ['Sub that keeps what is escaped', { 'Fn::Sub': sub`<!Vpc>` }, sub`<Vpc>`],
    ['Sub with values of its own', { 'Fn::Sub': [sub`<x>`, { x: { Ref: 'Vpc' } }] }, 'vpc-1'],
    ['If chooses', { 'Fn::If': ['IsDev', { Ref: 'Vpc' }, { Ref: 'Nowhere' }] }, 'vpc-1'],
    ['NoValue takes a property away', { a: { 'Fn::If': ['IsProd', 1, { Ref: 'AWS::NoValue' }] }, b: 2 }, { b: 2 }],
    ['FindInMap', { 'Fn::FindInMap': ['Size', { Ref: 'Stage' }, 'cpu'] }, 256],
    ['Base64', { 'Fn::Base64': 'あ' }, '44GC'],
    ['ImportValue', { 'Fn::ImportValue': 'x' }, 'imported x'],
  ])('%s', (_, value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it('says what it points at when that is not there', () => {
    expect(() => evaluate({ Ref: 'Nowhere' }, scope)).toThrow('Unresolved resource dependencies [Nowhere]');
  });

  it('refuses a function that it does not know', () => {
    expect(() => evaluate({ 'Fn::Transform': {} }, scope)).toThrow('Fn::Transform');
  });

  it('knows conditions made of conditions', () => {
    expect(['IsDev', 'IsProd', 'Either', 'Both'].map((name) => holds(name, scope))).toEqual([true, false, true, false]);
  });
});

describe('the order of creation', () => {
  it('follows Ref, GetAtt, Sub and DependsOn', () => {
    const resources = {
      A: { Type: 't', Properties: { x: { 'Fn::Sub': sub`<B.Arn>` } }, DependsOn: 'D' },
      B: { Type: 't', Properties: { x: { 'Fn::Join': ['', [{ Ref: 'C' }]] } } },
      C: { Type: 't', Properties: { x: { 'Fn::GetAtt': ['D', 'Arn'] } } },
      D: { Type: 't' },
    };
    expect(inOrder(resources).map(([id]) => id)).toEqual(['D', 'C', 'B', 'A']);
  });

  it('refuses a circle', () => {
    const resources = { A: { Type: 't', DependsOn: ['B'] }, B: { Type: 't', Properties: { x: { Ref: 'A' } } } };
    expect(() => inOrder(resources)).toThrow('Circular dependency');
  });

  it('finds references inside the values of Sub', () => {
    expect(references({ 'Fn::Sub': [sub`<x>-<Own>`, { x: { Ref: 'Other' } }] })).toEqual(
      new Set(['x', 'Own', 'Other']),
    );
  });
});

describe('a template file', () => {
  it('may be YAML with short tags', () => {
    const { Resources } = readTemplate(
      'Resources:\n  A:\n    Type: T\n    Properties:\n      Id: !Ref B\n      Arn: !GetAtt B.Arn\n      Name: !Join ["-", [a, !Ref B]]\n',
    );
    expect(Resources.A?.Properties).toEqual({
      Id: { Ref: 'B' },
      Arn: { 'Fn::GetAtt': ['B', 'Arn'] },
      Name: { 'Fn::Join': ['-', ['a', { Ref: 'B' }]] },
    });
  });

  it.each(['{', '[]', '{"Resources":{}}'])('must have resources: %s', (body) => {
    expect(() => readTemplate(body)).toThrow('Template format error');
  });
});
