import { found } from './network-parts.ts';
import { type Kind, type Part, part } from './part.ts';
import type { Survey } from './survey.ts';

/** What lives beside the VPC: the registry, the secret and the logs; outside of AWS's region: CloudFront, the Worker, Supabase. */
export function regionalParts(survey: Survey): Part[] {
  const { repositories, images, secrets, services, tasks, costs } = survey;
  const place = { in: 'region' } as const;
  const orComing = (parts: Part[], kind: Kind, label: string, seen: unknown) =>
    parts.length > 0 ? parts : [part({ key: kind, kind, label, place, state: seen ? 'coming' : 'unseen' })];
  const registries = (repositories ?? []).map((one) =>
    part({
      ...found(one),
      kind: 'registry',
      label: 'ECR リポジトリ',
      place,
      notes: images && repositories?.length === 1 ? [`タグ付きイメージ ${images.length} 個`] : [],
    }),
  );
  const kept = (secrets ?? []).map((one) =>
    part({
      ...found(one),
      kind: 'secret',
      label: 'Secrets Manager',
      place,
      notes: ['シークレット（値は見ていません）'],
      usdPerHour: costs?.get(one.id) ?? null,
    }),
  );
  const names = new Set((tasks ?? []).flatMap(({ relations }) => relations.logGroup ?? []));
  const logs = [...names].map((id) =>
    part({ key: `logs:${id}`, kind: 'logs', label: 'CloudWatch Logs', state: 'found', id, name: id, place }),
  );
  return [
    ...orComing(registries, 'registry', 'ECR リポジトリ', repositories),
    ...orComing(kept, 'secret', 'Secrets Manager', secrets),
    ...orComing(logs, 'logs', 'CloudWatch Logs', services && tasks),
    ...outside(survey),
  ];
}

function outside({ distributions, supabase, workers }: Survey): Part[] {
  const place = { in: 'outside' } as const;
  const worker = (workers ?? []).find(({ folder }) => folder.endsWith('frontend')) ?? workers?.[0];
  return [
    ...(distributions ?? []).map((one) =>
      part({
        ...found(one),
        kind: 'cloudfront',
        label: 'CloudFront',
        place,
        notes: [one.properties.domain, one.properties.status === 'Deployed' ? '配信中' : '反映中'],
      }),
    ),
    // The settings name it; whether it is out there is for the checks of the last chapter to say.
    part({
      key: 'worker',
      kind: 'worker',
      label: 'Cloudflare Workers',
      place,
      state: workers ? 'coming' : 'unseen',
      name: worker?.name ?? null,
    }),
    part({
      key: 'supabase',
      kind: 'supabase',
      label: 'Supabase Auth',
      place,
      state: supabase?.url ? 'found' : supabase ? 'coming' : 'unseen',
      id: hostOf(supabase?.url),
    }),
  ];
}

function hostOf(url: string | null | undefined): string | null {
  return url && URL.canParse(url) ? new URL(url).host : null;
}
