import { globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { generate } from '@graphql-codegen/cli';

/**
 * Writes what follows from the folders under src/schema into src/generated, so that adding a noun is adding a folder:
 * `<noun>.graphql` (its SDL), `resolvers.ts` (exports `resolvers`), `model.ts` (exports `<Type>Model`, what the
 * resolvers of that type receive as their parent).
 */
const root = import.meta.dirname;
const generated = join(root, 'src/generated');
mkdirSync(generated, { recursive: true });

const schemaFiles = globSync('src/schema/*/*.graphql', { cwd: root }).sort();
const sdl = schemaFiles.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
writeFileSync(join(generated, 'type-defs.ts'), `export const typeDefs = ${JSON.stringify(sdl)};\n`);

const nouns = globSync('src/schema/*/resolvers.ts', { cwd: root })
  .map((file) => basename(dirname(file)))
  .sort();
writeFileSync(
  join(generated, 'resolvers.ts'),
  [
    ...nouns.map((noun) => `import { resolvers as ${noun} } from '../schema/${noun}/resolvers.ts';`),
    `export const resolvers = [${nouns.join(', ')}];\n`,
  ].join('\n'),
);

const mappers = Object.fromEntries(
  globSync('src/schema/*/model.ts', { cwd: root }).flatMap((file) =>
    [...readFileSync(join(root, file), 'utf8').matchAll(/export interface (\w+)Model\b/g)].map(([, type]) => [
      type,
      `../${file.slice('src/'.length)}#${type}Model`,
    ]),
  ),
);

await generate(
  {
    schema: schemaFiles.map((file) => join(root, file)),
    silent: true,
    generates: {
      [join(generated, 'schema-types.ts')]: {
        plugins: ['typescript', 'typescript-resolvers'],
        config: {
          contextType: '../graphql/context.ts#Context',
          enumsAsTypes: true,
          importExtension: '.ts',
          emitLegacyCommonJSImports: false,
          mappers,
          // Lists and connections resolve the rest themselves.
          defaultMapper: 'Partial<{T}>',
          inputMaybeValue: 'T | null | undefined',
          scalars: {
            DateTime: { input: 'string', output: 'string | Date' },
            ID: { input: 'string', output: 'string | number' },
          },
          useTypeImports: true,
        },
      },
    },
  },
  true,
);
