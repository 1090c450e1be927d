import { parseDocument } from 'yaml';
import type { World } from '../world.ts';

export interface Step {
  name: string;
  /** e.g. `aws-actions/configure-aws-credentials@8df5…`; null where it runs a command. */
  uses: string | null;
  run: string;
  with: Record<string, string>;
}

/** The workflow that releases the server, as its file says. */
export interface DeployWorkflow {
  path: string;
  /** What the YAML parser can't read; then the rest is empty. */
  broken: string | null;
  branches: string[];
  paths: string[];
  idToken: boolean;
  /** GitHub Environment of the deploying job; null where it names none. */
  environment: string | null;
  /** Variables of workflow and job, e.g. `AWS_REGION`; `${{ … }}` stays as it is written. */
  env: Record<string, string>;
  steps: Step[];
  concurrency: boolean;
}

/** The workflow in this repository that deploys to ECS; null where there is none. */
export async function deployWorkflow({ files }: World): Promise<DeployWorkflow | null> {
  const paths = await files.list('.github/workflows/*.{yml,yaml}');
  const texts = await Promise.all(paths.map(async (path) => ({ path, text: (await files.read(path)) ?? '' })));
  const found = texts.filter(({ text }) =>
    /amazon-ecs-deploy-task-definition|commands\/release\.ts|ecs update-service/.test(text),
  );
  const one = found.find(({ path }) => path.includes('deploy-server')) ?? found[0];
  return one ? workflowOf(one.path, one.text) : null;
}

/** What a workflow's text says; for a test, too. */
export function workflowOf(path: string, text: string): DeployWorkflow {
  const document = parseDocument(text);
  const [error] = document.errors;
  const workflow = error ? {} : record(document.toJS());
  const push = record(record(workflow.on).push);
  const jobs = Object.values(record(workflow.jobs)).map(record);
  const job = jobs.find((one) => /deploy/i.test(JSON.stringify(one.steps ?? ''))) ?? jobs[0] ?? {};
  const permissions = job.permissions ?? workflow.permissions;
  const environment = typeof job.environment === 'string' ? job.environment : record(job.environment).name;
  return {
    path,
    broken: error?.message ?? null,
    branches: list(push.branches),
    paths: list(push.paths),
    idToken: permissions === 'write-all' || record(permissions)['id-token'] === 'write',
    environment: typeof environment === 'string' ? environment : null,
    env: strings({ ...record(workflow.env), ...record(job.env) }),
    steps: (Array.isArray(job.steps) ? job.steps : []).map(record).map((step) => ({
      name: typeof step.name === 'string' ? step.name : '',
      uses: typeof step.uses === 'string' ? step.uses : null,
      run: typeof step.run === 'string' ? step.run : '',
      with: strings(record(step.with)),
    })),
    concurrency: (workflow.concurrency ?? job.concurrency) !== undefined,
  };
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function list(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value ?? []].flat()).map(String);
}

function strings(value: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, String(inner)]));
}
