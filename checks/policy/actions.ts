import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clients, iamAction, type ServiceName } from '../ports/aws/clients.ts';

// `world.aws.ec2.describeVpcs(`, or `ec2.describeVpcs(` where the client was taken out before; and the port's own two ways.
const LOOK = /\b(\w+)\s*\.\s*((?:describe|list|get|lookup|search|simulate|filter|batchGet)[A-Z]\w*)\s*\(/g;
const OWN: [RegExp, string][] = [
  [/\baws\s*\.\s*secret(Keys|Looks)\s*\(/, 'secretsmanager:GetSecretValue'],
  [/\baws\s*\.\s*freeTier\s*\.\s*getAccountPlanState\s*\(/, 'freetier:GetAccountPlanState'],
];
const NOT_CHECKS = /^(node_modules|ports|corpus|bench|policy|commands)\b|\.test\.ts$/;

/**
 * The IAM actions of every look at AWS that finders and checks make, in alphabetical order. Read from their source, since
 * a recording knows only the branches that its world led to.
 * @param folder holds the checks
 */
export async function lookedAt(folder: string): Promise<string[]> {
  const actions = new Set<string>();
  for await (const path of glob('**/*.ts', { cwd: folder, exclude: (name) => name.includes('node_modules') })) {
    if (NOT_CHECKS.test(path)) continue;
    const source = await readFile(join(folder, path), 'utf8');
    for (const [, service = '', method = ''] of source.matchAll(LOOK)) {
      if (isService(service)) actions.add(iamAction(service, method));
    }
    for (const [pattern, action] of OWN) if (pattern.test(source)) actions.add(action);
  }
  // https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html: no permissions are required.
  actions.delete('sts:GetCallerIdentity');
  return [...actions].toSorted();
}

function isService(name: string): name is ServiceName {
  return name in clients;
}
