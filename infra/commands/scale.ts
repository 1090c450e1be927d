import { scaleTables } from '../scale/tables.ts';
import { runCommand } from './command.ts';

await runCommand(
  {
    name: 'pnpm scale',
    usage: '[オプション]',
    description:
      '読む人が増えたときに、何が先に足りなくなるかを、測った値から計算した表にします。何も作らず、何も測りません。',
  },
  (command) => command,
  async () => {
    console.log(scaleTables());
    return 0;
  },
);
