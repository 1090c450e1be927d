/** How a version can be broken on purpose. */
export interface Broken {
  /** What the learner reads. */
  words: string;
  /** Which file of the image starts with the fault. */
  file: 'src/main.js' | 'prisma/migrate.js';
  code: string;
}

/** Makes the server answer a request by other code first; `next()` goes on as before. */
const before = (answer: string) => `import { Server } from 'node:http';
const { emit } = Server.prototype;
Server.prototype.emit = function (event, ...args) {
  if (event !== 'request') return Reflect.apply(emit, this, [event, ...args]);
  const [request, response] = args;
  const next = () => Reflect.apply(emit, this, [event, ...args]);
  ${answer}
  return true;
};
`;

/** Versions that must never reach a visitor. */
export const broken: Record<string, Broken> = {
  health: {
    words: 'ヘルスチェックに500を返す版',
    file: 'src/main.js',
    code: before(`if (request.url === '/health') response.writeHead(500).end(); else next();`),
  },
  crash: {
    words: '起動するとすぐに終わる版',
    file: 'src/main.js',
    code: `console.error('わざと壊した版です。起動できません。');\nprocess.exit(1);\n`,
  },
  slow: {
    words: 'どの返事にも30秒かかる版',
    file: 'src/main.js',
    code: before('setTimeout(next, 30_000);'),
  },
  migration: {
    words: 'マイグレーションが失敗する版',
    file: 'prisma/migrate.js',
    code: `console.error('わざと壊した版です。マイグレーションを適用できません。');\nprocess.exit(1);\n`,
  },
};
