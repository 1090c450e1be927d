import type { IncomingMessage, ServerResponse } from 'node:http';
import { ACM } from '@aws-sdk/client-acm';
import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Context } from '../resource-type.ts';
import type { Authority } from './authority.ts';
import { elbError, forward } from './forward.ts';
import { type LocalListener, openListener } from './local-listener.ts';
import { letsThrough } from './reachability.ts';
import { actionFor, type Incoming, redirectTo, shares } from './routing.ts';
import type { Front, Surroundings } from './surroundings.ts';
import type { Target, Targets } from './targets.ts';

/** A listener of a load balancer, and where it answers on this machine. */
export interface OpenListener extends Pick<LocalListener, 'url' | 'plainUrl'> {
  loadBalancer: string;
  dnsName: string;
  /** The listener's port in AWS. */
  port: number;
  protocol: string;
}

/** The load balancers' listeners on ports of this machine. */
export class LoadBalancing {
  readonly #client: Context['client'];
  readonly #surroundings: Surroundings;
  readonly #targets: Targets;
  readonly #authority: Authority;
  readonly #log: (line: string) => void;
  readonly #open = new Map<string, OpenListener & LocalListener>();
  #turn = 0;

  constructor(
    client: Context['client'],
    surroundings: Surroundings,
    targets: Targets,
    authority: Authority,
    log: (line: string) => void,
  ) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#targets = targets;
    this.#authority = authority;
    this.#log = log;
  }

  listeners(): OpenListener[] {
    return [...this.#open.values()].map(({ close: _, ...listener }) => listener);
  }

  /** Opens the listeners that are there, closes those that are gone. */
  async sync(): Promise<void> {
    const fronts = new Map(this.#surroundings.fronts.map((front) => [keyOf(front), front]));
    for (const [key, { close }] of this.#open) {
      if (fronts.has(key)) continue;
      this.#open.delete(key);
      close();
    }
    for (const [key, front] of fronts) if (!this.#open.has(key)) await this.#listen(key, front);
  }

  close(): void {
    for (const { close } of this.#open.values()) close();
    this.#open.clear();
  }

  async #listen(key: string, front: Front): Promise<void> {
    const { Port: port = 80, Protocol: protocol = 'HTTP' } = front.listener;
    const { LoadBalancerName: loadBalancer = '', DNSName: dnsName = '' } = front.loadBalancer;
    const identity = protocol === 'HTTPS' ? await this.#authority.identity(await this.#hostsOf(front)) : null;
    const local = await openListener(port, identity, (request, response) => this.#answer(key, request, response));
    this.#open.set(key, { loadBalancer, dnsName, port, protocol, ...local });
    this.#log(`ロードバランサー ${loadBalancer} の${port}番は ${local.plainUrl ?? local.url} で開けます。`);
  }

  /** The names for which the listener's certificate is good, and this machine's own. */
  async #hostsOf({ listener, loadBalancer }: Front): Promise<string[]> {
    const names = ['localhost', loadBalancer.DNSName ?? ''];
    for (const { CertificateArn } of listener.Certificates ?? []) {
      const { Certificate } = await this.#client(ACM).describeCertificate({ CertificateArn });
      names.push(Certificate?.DomainName ?? '', ...(Certificate?.SubjectAlternativeNames ?? []));
    }
    return [...new Set(names.filter(Boolean))];
  }

  #answer(key: string, request: IncomingMessage, response: ServerResponse): void {
    const front = this.#surroundings.fronts.find((each) => keyOf(each) === key);
    if (!front || !this.#letsIn(front)) {
      // Whom the group doesn't let in never gets an answer; that nothing comes is enough to see here.
      request.destroy();
      return;
    }
    const { listener, rules } = front;
    const { Protocol: protocol = 'HTTP', Port: port = 80 } = listener;
    const incoming: Incoming = {
      method: request.method ?? 'GET',
      host: request.headers.host ?? '',
      url: request.url ?? '/',
      headers: request.headers,
      sourceIp: '127.0.0.1',
    };
    const action = actionFor(listener, rules, incoming);
    if (action?.Type === 'redirect') {
      const status = action.RedirectConfig?.StatusCode === 'HTTP_302' ? 302 : 301;
      const location = this.#localLocation(redirectTo(action, incoming, protocol, port), front);
      response.writeHead(status, { location, server: 'awselb/2.0' }).end();
    } else if (action?.Type === 'fixed-response') {
      const { StatusCode = 503, ContentType = 'text/plain', MessageBody = '' } = action.FixedResponseConfig ?? {};
      response.writeHead(Number(StatusCode), { 'content-type': ContentType, server: 'awselb/2.0' }).end(MessageBody);
    } else if (action) forward(this.#choose(action), { protocol, port }, request, response);
    else elbError(response, 503, 'Service Temporarily Unavailable');
  }

  #letsIn({ listener, loadBalancer }: Front): boolean {
    const rules = (loadBalancer.SecurityGroups ?? []).flatMap((id) => this.#surroundings.groups.get(id)?.in ?? []);
    return letsThrough(rules, { ip: null, groups: [] }, listener.Port ?? 80);
  }

  /** A redirect to a port of the load balancer leads to where that port is on this machine. */
  #localLocation(location: string, { loadBalancer }: Front): string {
    const target = new URL(location);
    if (!/^(localhost|127\.0\.0\.1)$/.test(target.hostname)) return location;
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const local = [...this.#open.values()].find((open) => open.port === port && open.dnsName === loadBalancer.DNSName);
    return local ? `${local.url}${target.pathname}${target.search}` : location;
  }

  /** The next healthy target of one of the action's groups, by their weights. */
  #choose(action: Action): Target | undefined {
    this.#turn += 1;
    const groups = shares(action);
    const total = groups.reduce((sum, { weight }) => sum + weight, 0);
    let point = (this.#turn * 37) % Math.max(1, total);
    const chosen = groups.find(({ weight }) => {
      point -= weight;
      return point < 0;
    });
    const targets = this.#targets.healthy(chosen?.targetGroup ?? '');
    return targets[this.#turn % Math.max(1, targets.length)];
  }
}

const keyOf = ({ listener, loadBalancer }: Front) =>
  [loadBalancer.LoadBalancerArn, listener.Port, listener.Protocol, listener.Certificates?.[0]?.CertificateArn].join(
    '|',
  );
