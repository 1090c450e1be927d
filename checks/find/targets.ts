import type { World } from '../world.ts';

export interface Target {
  /** IP address, or the id of an instance. */
  address: string;
  port: number;
  /** `initial`, `healthy`, `unhealthy`, `draining`, `unused`, … */
  state: string;
  /** AWS's word, e.g. `Target.ResponseCodeMismatch`. */
  reason: string | null;
  description: string | null;
}

/** The targets of a target group and how their health check goes. */
export async function targets({ aws }: World, targetGroupArn: string): Promise<Target[]> {
  const { TargetHealthDescriptions = [] } = await aws.elbv2.describeTargetHealth({ TargetGroupArn: targetGroupArn });
  return TargetHealthDescriptions.map(({ Target: one, TargetHealth: health }) => ({
    address: one?.Id ?? '',
    port: one?.Port ?? 0,
    state: health?.State ?? '',
    reason: health?.Reason ?? null,
    description: health?.Description ?? null,
  }));
}
