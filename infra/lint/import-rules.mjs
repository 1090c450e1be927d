/**
 * Who may import whom (docs of the house: checks ↛ app, infra; infra ↛ app's and docs' code; docs ↛ app, infra; app ↛ the workbook; in the page
 * shared → features → routes), as a plugin for oxlint. It judges the file that an import means, so no spelling of a relative
 * path gets around it: `import`, `export … from` and `import()` alike.
 */
import { dirname, join, relative, resolve, sep } from 'node:path';

/** Workspace packages by the name one imports them with. @type {Record<string, string>} */
const packages = {
  '@blog-aws-practice/server': 'app/server',
  '@blog-aws-practice/frontend': 'app/frontend',
  '@blog-aws-practice/infra': 'infra',
  '@blog-aws-practice/checks': 'checks',
  '@blog-aws-practice/docs': 'docs',
};

const page = 'app/frontend/src';

/** Files (by the start of their path from the root), what they never import, and why. */
const rules = [
  {
    from: /^checks\//,
    never: /^(app|infra|docs)\//,
    why: 'checks looks at what is running: it never imports app, infra or the page. Write the expected value in the check.',
  },
  {
    from: /^docs\//,
    never: /^(app|infra)\//,
    why: 'The page shows what the checks see: it may import checks, and changes nothing in AWS.',
  },
  {
    from: /^infra\//,
    never: /^docs\/(?!checker-policy\.json\/?$)/,
    why: 'infra starts the page as a process; it knows the path of docs, and the policy that is generated there, never its code.',
  },
  {
    from: /^infra\//,
    never: /^app\//,
    why: 'infra knows the path of app, never its code. Start it as a process, or read it as a file.',
  },
  {
    from: /^app\//,
    never: /^(infra|checks|docs)\//,
    why: 'The app knows nothing of the workbook around it.',
  },
  {
    from: /^app\/frontend\//,
    never: /^app\/server\//,
    why: 'The page knows the server by its schema only: run `generate` and import what codegen made.',
  },
  {
    from: /^app\/server\//,
    never: /^app\/frontend\//,
    why: 'The server does not know its page.',
  },
  {
    from: new RegExp(`^${page}/shared/`),
    never: new RegExp(`^${page}/(features|routes)/`),
    why: 'shared is below features and routes: it imports neither. Pass it in, or move what is needed to shared.',
  },
  {
    from: new RegExp(`^${page}/features/`),
    never: new RegExp(`^${page}/routes/`),
    why: 'A feature does not know the routes that show it. Pass it in, or move what is needed to shared.',
  },
];

const feature = new RegExp(`^${page}/features/([^/]+)/`);

/**
 * Why one file may not import another, both as paths from the root; null where it may.
 * @param {string} importer
 * @param {string} imported
 * @returns {string | null}
 */
export function whyNot(importer, imported) {
  for (const { from, never, why } of rules) if (from.test(importer) && never.test(imported)) return why;
  const [, own] = feature.exec(importer) ?? [];
  const [, other] = feature.exec(imported) ?? [];
  if (own && other && own !== other)
    return `The feature ${own} does not know the feature ${other}. Bring them together in a route, or move what both need to shared.`;
  return null;
}

/**
 * The path from the root that an import means; null for a package of others.
 * @param {string} root
 * @param {string} importer from the root
 * @param {string} specifier as written
 */
function meant(root, importer, specifier) {
  const [name = ''] = /^@[^/]+\/[^/]+/.exec(specifier) ?? [];
  const folder = packages[name];
  if (folder) return `${folder}/${specifier.slice(name.length + 1)}`;
  // Vite resolves `/src/…` from the page's own folder.
  if (specifier.startsWith('/src/') && importer.startsWith('app/frontend/')) return `app/frontend${specifier}`;
  if (!specifier.startsWith('.')) return null;
  // The trailing separator makes a folder itself (`../infra`) match too.
  return `${relative(root, resolve(root, dirname(importer), specifier))
    .split(sep)
    .join('/')}/`;
}

const rule = {
  /** @param {any} context oxlint's (ESLint's) rule context */
  create(context) {
    const root = context.cwd;
    const importer = relative(root, join(context.filename)).split(sep).join('/');
    /** @param {any} node */
    const look = (node) => {
      const specifier = node.source?.value;
      if (typeof specifier !== 'string') return;
      const target = meant(root, importer, specifier);
      const why = target === null ? null : whyNot(importer, target);
      if (why) context.report({ node: node.source, message: why });
    };
    return {
      ImportDeclaration: look,
      ExportNamedDeclaration: look,
      ExportAllDeclaration: look,
      ImportExpression: look,
    };
  },
};

export default { meta: { name: 'house' }, rules: { 'import-rules': rule } };
