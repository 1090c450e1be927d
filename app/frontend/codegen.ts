import type { CodegenConfig } from '@graphql-codegen/cli';

// Each `<operation>.graphql` becomes `generated/<operation>.ts` beside it: the parsed document and its types.
// One module per operation lets a route's chunk hold only the documents that it sends.
const config: CodegenConfig = {
  schema: '../server/src/schema/*/*.graphql',
  documents: 'src/features/*/*.graphql',
  generates: {
    'src/features/': {
      preset: 'near-operation-file',
      presetConfig: { extension: '.ts', folder: 'generated' },
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'documentNode',
        optimizeDocumentNode: true,
        useTypeImports: true,
        enumsAsTypes: true,
        // Apollo Client asks for it in every selection.
        nonOptionalTypename: true,
        scalars: { DateTime: 'string', ID: 'string' },
      },
    },
  },
};

export default config;
