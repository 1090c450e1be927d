import { CloudFormationError } from './error.ts';
import { getAttOf, type Json, type JsonObject, textOf } from './template.ts';

/** What the functions of a template can look up. */
export interface Scope {
  /** Parameters and pseudo parameters by name. */
  values: Record<string, Json>;
  conditions: JsonObject;
  mappings: JsonObject;
  /** Ref of a resource; undefined where there is none of this name. */
  ref: (resource: string) => string | undefined;
  /** @throws CloudFormationError where the resource has no such attribute */
  attribute: (resource: string, attribute: string) => string;
  zones: (region: string) => string[];
  /** @throws CloudFormationError where nothing is exported by this name */
  imported: (name: string) => string;
}

/** Stands for what is only known once a change was carried out, as CloudFormation itself writes it. */
export const knownAfter = '{{changeSet:KNOWN_AFTER_APPLY}}';

/** Marks a property that AWS::NoValue takes away. */
const noValue = Symbol('AWS::NoValue');
type Evaluated = Json | typeof noValue;

const wrong = (message: string) => new CloudFormationError('ValidationError', `Template error: ${message}`);

/** A value with every function of the template replaced by its result; NoValue properties are gone. */
export function evaluate(value: Json, scope: Scope): Json {
  const result = walk(value, scope);
  return result === noValue ? null : result;
}

/** Whether a condition of the template holds. */
export function holds(name: string, scope: Scope): boolean {
  const condition = scope.conditions[name];
  if (condition === undefined) throw wrong(`Unresolved condition dependency ${name}`);
  return truth(evaluate(condition, scope));
}

const truth = (value: Json) => value === true || value === 'true';

function walk(value: Json, scope: Scope): Evaluated {
  if (Array.isArray(value)) return value.map((item) => walk(item, scope)).filter((item) => item !== noValue);
  if (value === null || typeof value !== 'object') return value;
  const [[key, argument] = ['', null], ...others] = Object.entries(value);
  if (others.length === 0) {
    if (key === 'Ref') return ref(textOf(argument), scope);
    if (key === 'Condition' && typeof argument === 'string' && argument in scope.conditions) {
      return holds(argument, scope);
    }
    if (key.startsWith('Fn::')) return call(key.slice(4), argument, scope);
  }
  const entries = Object.entries(value).map(([name, inner]) => [name, walk(inner, scope)] as const);
  return Object.fromEntries(entries.filter((entry): entry is [string, Json] => entry[1] !== noValue));
}

function ref(name: string, scope: Scope): Evaluated {
  if (name === 'AWS::NoValue') return noValue;
  const found = scope.ref(name) ?? scope.values[name];
  if (found === undefined)
    throw wrong(`Unresolved resource dependencies [${name}] in the Resources block of the template`);
  return found;
}

function call(name: string, argument: Json, scope: Scope): Evaluated {
  // If chooses before it evaluates: the other side may not exist.
  if (name === 'If') {
    const [condition, then, otherwise] = argument as [string, Json, Json];
    return walk(holds(condition, scope) ? then : otherwise, scope);
  }
  if (name === 'GetAtt') {
    const { resource, attribute } = getAttOf(argument);
    return scope.attribute(resource, attribute);
  }
  if (name === 'Sub') return substitute(argument, scope);
  const apply = functions[name];
  if (!apply) throw wrong(`リハーサルは組み込み関数 Fn::${name} を実行できません`);
  return apply(evaluate(argument, scope), scope);
}

const functions: Record<string, (argument: Json, scope: Scope) => Json> = {
  Join: (argument) => {
    const [separator, parts] = argument as [string, Json[]];
    return parts.map(textOf).join(separator);
  },
  Select: (argument) => {
    const [index, list] = argument as [Json, Json[]];
    const chosen = list[Number(index)];
    // A text that isn't known yet can't be split yet either.
    if (list.includes(knownAfter)) return knownAfter;
    if (chosen === undefined) throw wrong(`Fn::Select cannot select nonexistent value at index ${textOf(index)}`);
    return chosen;
  },
  Split: (argument) => {
    const [separator, text] = argument as [string, string];
    return text.includes(knownAfter) ? [knownAfter] : text.split(separator);
  },
  Base64: (argument) => Buffer.from(textOf(argument)).toString('base64'),
  GetAZs: (argument, scope) => scope.zones(textOf(argument || (scope.values['AWS::Region'] ?? ''))),
  Equals: (argument) => {
    const [left, right] = argument as [Json, Json];
    return JSON.stringify(left) === JSON.stringify(right) || textOf(left) === textOf(right);
  },
  And: (argument) => (argument as Json[]).every(truth),
  Or: (argument) => (argument as Json[]).some(truth),
  Not: (argument) => !truth((argument as Json[])[0] ?? false),
  FindInMap: (argument, scope) => {
    const [map, first, second] = (argument as string[]).map(textOf) as [string, string, string];
    const value = ((scope.mappings[map] as JsonObject)?.[first] as JsonObject)?.[second];
    if (value === undefined) throw wrong(`Unable to get mapping for ${map}::${first}::${second}`);
    return value;
  },
  ImportValue: (argument, scope) => scope.imported(textOf(argument)),
};

function substitute(argument: Json, scope: Scope): string {
  const [text, extra] = Array.isArray(argument) ? (argument as [string, JsonObject]) : [textOf(argument), {}];
  return text.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const given = extra[name];
    if (given !== undefined) return textOf(evaluate(given, scope));
    if (name.includes('.')) {
      const { resource, attribute } = getAttOf(name);
      return scope.attribute(resource, attribute);
    }
    return textOf(evaluate({ Ref: name }, scope));
  });
}
