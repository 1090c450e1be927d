/** One stretch of a request's way from the browser to the database. */
export interface Link {
  /** What it is called, e.g. `② ロードバランサー → タスク`. */
  title: string;
  /** Ids of the checks that say whether it holds, the most fundamental first; of a whole step where only that is named. */
  checks: string[];
}

/**
 * The way of a request, in its order. Only what breaks it when it is wrong: a backup that is missing is a mistake, but no
 * request feels it. Beside the plan's troubleshooting guide: the task's start is a link of its own, since that is where
 * most ways end.
 */
export const REQUEST_PATH: Link[] = [
  {
    title: 'インターネット → VPC',
    checks: [
      'chapter-2/network/vpc',
      'chapter-2/network/subnets',
      'chapter-2/network/internet-gateway',
      'chapter-2/network/public-routes',
      'chapter-2/network/network-acl',
    ],
  },
  {
    title: 'VPC の入口 → ロードバランサー',
    checks: [
      'chapter-2/load-balancer/load-balancer',
      'chapter-2/load-balancer/public-subnets',
      'chapter-2/security-groups/groups',
      'chapter-2/security-groups/alb-inbound',
      'chapter-2/load-balancer/security-groups',
      'chapter-2/load-balancer/certificate',
      'chapter-2/load-balancer/http-listener',
      'chapter-2/load-balancer/https-listener',
    ],
  },
  {
    title: 'ロードバランサー → タスク',
    checks: [
      'chapter-2/load-balancer/target-group',
      'chapter-2/service/service',
      'chapter-2/service/load-balancing',
      'chapter-2/service/placement',
      'chapter-2/security-groups/ecs-inbound',
      'chapter-2/security-groups/outbound',
    ],
  },
  {
    title: 'タスクの起動',
    checks: [
      'chapter-2/network/dns',
      'chapter-2/network/nat-gateway',
      'chapter-2/network/private-routes',
      'chapter-2/registry/repository',
      'chapter-2/registry/image',
      'chapter-2/service/image',
      'chapter-2/secrets/secret',
      'chapter-2/secrets/keys',
      'chapter-2/service/secrets',
      'chapter-2/service/execution-role',
      'chapter-2/service/logs',
      'chapter-2/service/task-definition',
      'chapter-2/service/memory',
      'chapter-2/service/environment',
    ],
  },
  {
    title: 'タスク → データベース',
    checks: [
      'chapter-2/database/cluster',
      'chapter-2/database/instance',
      'chapter-2/database/subnet-group',
      'chapter-2/database/security-group',
      'chapter-2/database/database-name',
      'chapter-2/security-groups/rds-inbound',
      'chapter-2/secrets/connection',
      'chapter-2/secrets/in-use',
    ],
  },
  {
    title: '健康なタスクへ届く',
    checks: ['chapter-2/service/revision', 'chapter-2/service/targets'],
  },
];

/** The last link only tells that something before it is broken; a cause is looked for in the others first. */
export const ARRIVAL = REQUEST_PATH.length - 1;
