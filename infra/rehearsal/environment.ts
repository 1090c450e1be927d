import { REHEARSAL_CREDENTIALS } from '@blog-aws-practice/checks/rehearsal.ts';
import { isolation } from './moto.ts';
import { region } from './resource-type.ts';

/**
 * The environment for a program that should speak to the rehearsal and to nothing else: its endpoint, credentials that
 * mean nothing, and none of the learner's own AWS settings.
 */
export function rehearsalEnvironment(endpoint: string, from: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(from).filter(([name]) => !name.startsWith('AWS_'));
  return {
    ...Object.fromEntries(kept),
    ...isolation,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: REHEARSAL_CREDENTIALS.accessKeyId,
    AWS_SECRET_ACCESS_KEY: REHEARSAL_CREDENTIALS.secretAccessKey,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    // A proxy has nothing to do between two programs of one machine.
    NO_PROXY: [from.NO_PROXY, '127.0.0.1', 'localhost'].filter(Boolean).join(','),
  };
}
