import { join } from 'node:path';
import type { AwsCredentialIdentity } from '@smithy/types';
import { appPort } from '../ports/app.ts';
import { awsPort } from '../ports/aws.ts';
import { filesPort } from '../ports/files.ts';
import { ghPort } from '../ports/gh.ts';
import { type Http, httpPort } from '../ports/http.ts';
import { runPort } from '../ports/run.ts';
import type { Tape } from '../ports/tape.ts';
import { tcpPort } from '../ports/tcp.ts';
import { tlsPort } from '../ports/tls.ts';
import type { Choice, World } from '../world.ts';

/** Where a test looks, and what its learner has chosen. */
export interface Target {
  endpoint: string;
  credentials: AwsCredentialIdentity;
  choice?: Partial<Choice>;
}

const noPage = () => Promise.reject(new Error('a corpus visits no page'));

/** The world as a test sees it: a real endpoint, or a replay, and no browser. */
export function worldOf(
  tape: Tape,
  { endpoint, credentials, choice = {} }: Target,
): { world: World; close: () => void } {
  const root = join(import.meta.dirname, '../..');
  const region = choice.region ?? 'ap-northeast-1';
  const { aws, close } = awsPort({ region, deliberate: true, endpoint, credentials }, tape);
  const world = {
    aws,
    http: nobodyOutside(httpPort(tape), tape),
    tls: tlsPort(tape),
    tcp: tcpPort(tape),
    browser: { visit: noPage, readBlog: noPage, writeBlog: noPage },
    files: filesPort(root, tape),
    state: filesPort(join(root, '.local'), tape),
    run: runPort(root, tape),
    gh: ghPort(root, tape),
    app: appPort(root, join(root, 'app'), tape),
    choice: { vpc: null, vpcFrom: null, prefix: '', region, ...choice },
    now: new Date(),
  };
  return { world, close };
}

/** Http that reaches this machine alone: what a test has made up has no name in the world's DNS. */
function nobodyOutside(http: Http, tape: Tape): Http {
  const inside = (url: string) => ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname);
  const unknownHost = (action: string, url: string) =>
    tape.play<never>({ port: 'http', action, input: { url } }, () =>
      Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${new URL(url).hostname}`), { code: 'ENOTFOUND' })),
    );
  return {
    get: (url, headers) => (inside(url) ? http.get(url, headers) : unknownHost('GET', url)),
    head: (url, headers) => (inside(url) ? http.head(url, headers) : unknownHost('HEAD', url)),
    options: (url, headers) => (inside(url) ? http.options(url, headers) : unknownHost('OPTIONS', url)),
    query: (url, query, headers) => (inside(url) ? http.query(url, query, headers) : unknownHost('POST', url)),
    code: (url) => (inside(url) ? http.code(url) : unknownHost('code', url)),
    post: (url, body, headers) => (inside(url) ? http.post(url, body, headers) : unknownHost('POST', url)),
  };
}
