import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { ACM } from '@aws-sdk/client-acm';
import type { TargetGroup } from '@aws-sdk/client-elastic-load-balancing-v2';
import getPort, { portNumbers } from 'get-port';
import type { Context } from '../resource-type.ts';
import type { Authority } from './authority.ts';
import { type Health, HealthOfTarget, type Seen, speed, words } from './health-checks.ts';
import { letsThrough, reaches } from './reachability.ts';
import { actionFor, type Incoming, redirectTo, shares } from './routing.ts';
import type { Front, Surroundings } from './surroundings.ts';
import type { LiveTask } from './task.ts';
import type { Tasks } from './tasks.ts';

/** Where a listener answers on this machine. */
export interface LocalListener {
  loadBalancer: string;
  dnsName: string;
  /** The listener's port in AWS. */
  port: number;
  protocol: string;
  /** e.g. `https://localhost:8443` */
  url: string;
  /** The same without TLS, for people whose browser doesn't know the rehearsal's authority; null for a plain listener. */
  plainUrl: string | null;
}

interface Open extends LocalListener {
  servers: Server[];
}

interface Watched {
  targetGroup: string;
  ip: string;
  port: number;
  health: HealthOfTarget;
  timer: NodeJS.Timeout | null;
}

/** The load balancers: their listeners on ports of this machine, and the health checks of their targets. */
export class LoadBalancing {
  readonly #client: Context['client'];
  readonly #surroundings: Surroundings;
  readonly #tasks: Tasks;
  readonly #authority: Authority;
  readonly #log: (line: string) => void;
  readonly #open = new Map<string, Open>();
  readonly #watched = new Map<string, Watched>();
  #turn = 0;

  constructor(
    client: Context['client'],
    surroundings: Surroundings,
    tasks: Tasks,
    authority: Authority,
    log: (line: string) => void,
  ) {
    this.#client = client;
    this.#surroundings = surroundings;
    this.#tasks = tasks;
    this.#authority = authority;
    this.#log = log;
  }

  listeners(): LocalListener[] {
    return [...this.#open.values()].map(({ servers: _, ...listener }) => listener);
  }

  /** Opens the listeners that are there, closes those that are gone, and watches the targets of the running tasks. */
  async sync(): Promise<void> {
    const fronts = new Map(this.#surroundings.fronts.map((front) => [keyOf(front), front]));
    for (const [key, open] of this.#open) {
      if (fronts.has(key)) continue;
      this.#open.delete(key);
      for (const server of open.servers) {
        server.close();
        server.closeAllConnections();
      }
    }
    for (const [key, front] of fronts) if (!this.#open.has(key)) this.#open.set(key, await this.#listen(front));
    this.#watch();
  }

  /** Whether a listener or rule sends anything to a target group. */
  isUsed(targetGroup: string): boolean {
    return this.#fronts(targetGroup).length > 0;
  }

  /** A target's health; undefined where it isn't watched. */
  healthOf(targetGroup: string, ip: string, port: number): Health | undefined {
    if (!this.isUsed(targetGroup)) return words.unused;
    return this.#watched.get(`${targetGroup}|${ip}|${port}`)?.health.health;
  }

  /** The targets that running tasks are in a target group. */
  targetsIn(targetGroup: string): { ip: string; port: number; health: Health }[] {
    return this.#registered()
      .filter((target) => target.targetGroup === targetGroup)
      .map(({ task, port }) => {
        const draining = task.desired === 'STOPPED';
        const health = draining ? words.draining : this.healthOf(targetGroup, task.ip, port);
        return { ip: task.ip, port, health: health ?? words.registering };
      });
  }

  /** The target group in which an address is unhealthy, if any. */
  unhealthyGroup(ip: string): { arn: string; port: number; reason: string } | null {
    const found = [...this.#watched.values()].find(
      (each) => each.ip === ip && this.isUsed(each.targetGroup) && each.health.health.state === 'unhealthy',
    );
    const reason = found?.health.health.description ?? '';
    return found ? { arn: found.targetGroup, port: found.port, reason } : null;
  }

  async close(): Promise<void> {
    for (const { timer } of this.#watched.values()) if (timer) clearTimeout(timer);
    this.#watched.clear();
    for (const { servers } of this.#open.values()) {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    }
    this.#open.clear();
  }

  #fronts(targetGroup: string): Front[] {
    return this.#surroundings.fronts.filter(({ listener, rules }) => {
      const actions = [...(listener.DefaultActions ?? []), ...rules.flatMap(({ Actions = [] }) => Actions)];
      return actions.some((action) => shares(action).some((share) => share.targetGroup === targetGroup));
    });
  }

  /** What the services' running tasks bring into target groups. */
  #registered(): { targetGroup: string; task: LiveTask; port: number }[] {
    return this.#surroundings.services.flatMap(({ serviceName, clusterArn, loadBalancers = [] }) =>
      this.#tasks
        .all()
        .filter((task) => task.status === 'RUNNING' && task.group === `service:${serviceName}`)
        .filter((task) => clusterArn?.endsWith(`/${task.cluster}`))
        .flatMap((task) =>
          loadBalancers.map(({ targetGroupArn = '', containerPort = 0 }) => ({
            targetGroup: targetGroupArn,
            task,
            port: containerPort,
          })),
        ),
    );
  }

  #watch(): void {
    const wanted = new Map(
      this.#registered().map((target) => [`${target.targetGroup}|${target.task.ip}|${target.port}`, target]),
    );
    for (const [key, { timer }] of this.#watched) {
      if (wanted.has(key)) continue;
      if (timer) clearTimeout(timer);
      this.#watched.delete(key);
    }
    for (const [key, { targetGroup, task, port }] of wanted) {
      if (this.#watched.has(key)) continue;
      const watched: Watched = { targetGroup, ip: task.ip, port, health: new HealthOfTarget(), timer: null };
      this.#watched.set(key, watched);
      this.#again(key, watched, 100);
    }
  }

  #again(key: string, watched: Watched, wait: number): void {
    watched.timer = setTimeout(() => {
      void this.#look(watched).then(() => {
        const group = this.#surroundings.targetGroups.get(watched.targetGroup);
        const interval = ((group?.HealthCheckIntervalSeconds ?? 30) * 1000) / speed;
        if (this.#watched.get(key) === watched) this.#again(key, watched, interval);
      });
    }, wait).unref();
  }

  async #look(watched: Watched): Promise<void> {
    const group = this.#surroundings.targetGroups.get(watched.targetGroup);
    if (group) watched.health.see(await this.#check(group, watched), group);
  }

  async #check(group: TargetGroup, { ip, port, targetGroup }: Watched): Promise<Seen> {
    const task = this.#tasks.at(ip);
    const checkPort = Number(group.HealthCheckPort) || port;
    const balancers = this.#fronts(targetGroup).map(({ loadBalancer }) => loadBalancer.SecurityGroups ?? []);
    const reached = balancers.some(
      (groups) =>
        task && reaches({ ip: null, groups }, { ip, groups: task.groups }, checkPort, this.#surroundings.groups),
    );
    if (!task || !reached) return 'timeout';
    const local = task.process?.ports.get(checkPort);
    if (local === undefined || (group.HealthCheckProtocol ?? group.Protocol) === 'HTTPS') return 'refused';
    const timeout = ((group.HealthCheckTimeoutSeconds ?? 5) * 1000) / speed;
    try {
      const answer = await fetch(`http://127.0.0.1:${local}${group.HealthCheckPath ?? '/'}`, {
        redirect: 'manual',
        headers: { 'user-agent': 'ELB-HealthChecker/2.0' },
        signal: AbortSignal.timeout(Math.max(timeout, 1000)),
      });
      await answer.arrayBuffer();
      return { status: answer.status };
    } catch (error) {
      return (error as Error).name === 'TimeoutError' ? 'timeout' : 'refused';
    }
  }

  async #listen(front: Front): Promise<Open> {
    const { listener, loadBalancer } = front;
    const port = listener.Port ?? 80;
    const protocol = listener.Protocol ?? 'HTTP';
    const dnsName = loadBalancer.DNSName ?? '';
    const key = keyOf(front);
    const answer = (request: IncomingMessage, response: ServerResponse) => this.#answer(key, request, response);
    const servers: Server[] = [createServer(answer)];
    const preferred = port === 443 ? 8443 : 8000 + (port % 1000);
    let url = '';
    let plainUrl: string | null = null;
    if (protocol === 'HTTPS') {
      const identity = await this.#authority.identity(await this.#hostsOf(front));
      const secure = createSecureServer(identity, answer);
      url = `https://localhost:${await bind(secure, preferred)}`;
      plainUrl = `http://localhost:${await bind(servers[0] as Server, 8081)}`;
      servers.push(secure as unknown as Server);
    } else url = `http://localhost:${await bind(servers[0] as Server, port === 80 ? 8080 : preferred)}`;
    this.#log(`ロードバランサー ${loadBalancer.LoadBalancerName} の ${port} 番は ${plainUrl ?? url} で開けます。`);
    return { loadBalancer: loadBalancer.LoadBalancerName ?? '', dnsName, port, protocol, url, plainUrl, servers };
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
    if (!front) return void request.destroy();
    const { listener, rules, loadBalancer } = front;
    const port = listener.Port ?? 80;
    const open = (loadBalancer.SecurityGroups ?? []).flatMap((id) => this.#surroundings.groups.get(id)?.in ?? []);
    // Whom the group doesn't let in never gets an answer; at once is enough to see it here.
    if (!letsThrough(open, { ip: null, groups: [] }, port)) return void request.destroy();
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
      const location = this.#localLocation(redirectTo(action, incoming, listener.Protocol ?? 'HTTP', port));
      response.writeHead(status, { location, server: 'awselb/2.0' }).end();
    } else if (action?.Type === 'fixed-response') {
      const { StatusCode, ContentType, MessageBody = '' } = action.FixedResponseConfig ?? {};
      response.writeHead(Number(StatusCode ?? 503), {
        'content-type': ContentType ?? 'text/plain',
        server: 'awselb/2.0',
      });
      response.end(MessageBody);
    } else if (action)
      this.#forward(this.#choose(shares(action)), listener.Protocol ?? 'HTTP', port, request, response);
    else elbError(response, 503, 'Service Temporarily Unavailable');
  }

  /** A redirect to a port of the load balancer leads to where that port is on this machine. */
  #localLocation(location: string): string {
    const target = new URL(location);
    if (!/^(localhost|127\.0\.0\.1)$/.test(target.hostname)) return location;
    const port = Number(target.port) || (target.protocol === 'https:' ? 443 : 80);
    const local = [...this.#open.values()].find((open) => open.port === port);
    return local ? `${local.url}${target.pathname}${target.search}` : location;
  }

  /** The next healthy task of one of the groups, by their weights. */
  #choose(groups: readonly { targetGroup: string; weight: number }[]): { local: number | undefined } | null {
    this.#turn += 1;
    const total = groups.reduce((sum, { weight }) => sum + weight, 0);
    let point = (this.#turn * 37) % Math.max(1, total);
    const chosen = groups.find(({ weight }) => {
      point -= weight;
      return point < 0;
    });
    const targets = this.#registered()
      .filter(({ targetGroup, task }) => targetGroup === chosen?.targetGroup && task.desired === 'RUNNING')
      .filter(({ targetGroup, task, port }) => this.healthOf(targetGroup, task.ip, port)?.state === 'healthy');
    const target = targets[this.#turn % Math.max(1, targets.length)];
    return target ? { local: target.task.process?.ports.get(target.port) } : null;
  }

  #forward(
    target: { local: number | undefined } | null,
    protocol: string,
    port: number,
    request: IncomingMessage,
    response: ServerResponse,
  ): void {
    if (!target?.local) {
      if (target) elbError(response, 502, 'Bad Gateway');
      else elbError(response, 503, 'Service Temporarily Unavailable');
      return;
    }
    const headers = {
      ...request.headers,
      'x-forwarded-for': [request.headers['x-forwarded-for'], '127.0.0.1'].flat().filter(Boolean).join(', '),
      'x-forwarded-proto': protocol.toLowerCase(),
      'x-forwarded-port': String(port),
      'x-amzn-trace-id': `Root=1-${Math.floor(Date.now() / 1000).toString(16)}-${crypto.randomUUID().replaceAll('-', '').slice(0, 24)}`,
    };
    const options = { host: '127.0.0.1', port: target.local, method: request.method, path: request.url, headers };
    const onward = httpRequest(options, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => elbError(response, 502, 'Bad Gateway'));
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }
}

const keyOf = ({ listener, loadBalancer }: Front) =>
  [loadBalancer.LoadBalancerArn, listener.Port, listener.Protocol, listener.Certificates?.[0]?.CertificateArn].join(
    '|',
  );

/** The load balancer's own answer, in its own words. */
function elbError(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const title = `${status} ${text}`;
  response.writeHead(status, { 'content-type': 'text/html', server: 'awselb/2.0' });
  response.end(
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`,
  );
}

/** Listens on this port or the next free one; tells which. */
async function bind(server: { listen: Server['listen'] }, preferred: number): Promise<number> {
  const port = await getPort({ port: portNumbers(preferred, preferred + 99), host: '127.0.0.1' });
  await new Promise<void>((resolve, reject) => {
    (server as Server).once('error', reject);
    (server as Server).listen(port, '127.0.0.1', resolve);
  });
  return port;
}
