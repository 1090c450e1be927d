import { expect, test } from 'vitest';
import { trouble } from './server-trial.ts';

test('the error is told, not the stack below it nor the version that Node ends with', () => {
  const output = `node:internal/modules
TypeError: port is not a number
    at main (file:///app/src/main.ts:3:1)

Node.js v24.21.0
`;
  expect(trouble(output)).toBe('TypeError: port is not a number');
});

test('code that was never generated is told with the command that makes it', () => {
  const output =
    "Error [ERR_MODULE_NOT_FOUND]: Cannot find module '/app/src/generated/types.ts' imported from a\n\nNode.js v24.21.0";
  expect(trouble(output)).toContain('npx pnpm generate を実行してから');
});

test('without an error it is the last line, and without any that it said nothing', () => {
  expect(trouble('listening on 4000\n')).toBe('listening on 4000');
  expect(trouble('')).toBe('（なし）');
});
