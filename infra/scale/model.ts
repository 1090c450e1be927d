import prices from '@blog-aws-practice/checks/prices.json' with { type: 'json' };
import { blueprint } from '../blueprint.ts';
import measured from './measured.json' with { type: 'json' };

/** What is assumed and not measured; the page names each of them. */
export const assumed = {
  /** Visits a day at ×1. */
  visitsPerDay: 1_000,
  callsPerVisit: 4,
  /** Share of a day's visits that come in its busiest hour. */
  busiestHour: 0.15,
  /** How much the busiest second is above that hour's mean. */
  burst: 3,
  /** Share of the capacity that is used on purpose, so that a burst or a lost task doesn't hurt. */
  utilization: 0.6,
  /** Connections that a db.t4g.medium takes, by AWS's default formula for 4 GiB. */
  databaseConnections: 400,
  /** vCPU of a db.t4g.medium. */
  databaseCpus: 2,
  /** Connections that a task keeps, the server's default. */
  poolSize: 5,
  /** Share of the readers' calls that a CDN answers, once public queries can be cached. */
  cacheHits: 0.9,
  freeTransferGb: 100,
};

/** The blog under a load. */
export interface Load {
  /** How many times the first load. */
  times: number;
  visitsPerDay: number;
  /** GraphQL calls in the busiest second, by how many of them come through to the API. */
  callsPerSecond: number;
  /** Tasks that this takes; never less than one in each zone. */
  tasks: number;
  /** Share of the database's CPU, 0 to 1. */
  databaseCpu: number;
  connections: number;
  /** GB that leave AWS in a month. */
  transferGb: number;
  /** US dollars a month for tasks, transfer and load balancer's use; what doesn't grow left out. */
  usdPerMonth: number;
  /** What doesn't suffice any more as chapter 5 leaves it; empty while everything does. */
  gives: ('tasks' | 'database' | 'connections')[];
}

const usd = (name: keyof typeof prices.prices) => prices.prices[name].usd;

/** The load at so many times the first one. @param cached whether a CDN answers the public queries */
export function loadAt(times: number, cached = false): Load {
  const a = assumed;
  const through = cached ? 1 - a.cacheHits : 1;
  const visitsPerDay = a.visitsPerDay * times;
  const calls = visitsPerDay * a.callsPerVisit * through;
  const callsPerSecond = (calls * a.busiestHour * a.burst) / 3600;
  const perTask = measured.listPerSecondPerTask.value * a.utilization;
  const tasks = Math.max(blueprint.production.minTasks, Math.ceil(callsPerSecond / perTask));
  const databaseCpu =
    (callsPerSecond * measured.statementsPerList.value * measured.databaseMsPerList.value) / 1000 / a.databaseCpus;
  const connections = tasks * a.poolSize;
  const transferGb = (calls * 30 * measured.bytesPerList.value) / 1e9;
  const taskHour =
    (blueprint.task.cpu / 1024) * usd('fargateVcpuHour') + (blueprint.task.memory / 1024) * usd('fargateGbHour');
  // A load balancer's capacity unit holds 1 GB an hour: https://aws.amazon.com/jp/elasticloadbalancing/pricing/
  const usdPerMonth =
    tasks * taskHour * prices.hoursPerMonth +
    Math.max(0, transferGb - a.freeTransferGb) * usd('dataTransferOutGb') +
    transferGb * usd('albLcuHour');
  const gives: Load['gives'] = [
    ...(tasks > blueprint.scaling.max ? (['tasks'] as const) : []),
    ...(databaseCpu > a.utilization ? (['database'] as const) : []),
    ...(connections > a.databaseConnections * a.utilization ? (['connections'] as const) : []),
  ];
  return { times, visitsPerDay, callsPerSecond, tasks, databaseCpu, connections, transferGb, usdPerMonth, gives };
}

export const LEVELS = [1, 10, 100, 1000, 10_000];
