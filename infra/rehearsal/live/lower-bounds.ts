import { ECS, type Service } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import type { Context } from '../resource-type.ts';
import { clusterName } from './task.ts';

const registration = z.object({ ResourceId: z.string(), MinCapacity: z.number() });

/** What Application Auto Scaling does by itself: a service below a lower bound that was set is lifted to it. */
export class LowerBounds {
  readonly #client: Context['client'];
  readonly #set = new Map<string, number>();

  constructor(client: Context['client']) {
    this.#client = client;
  }

  /** Takes note of a call to Application Auto Scaling; tells whether there is something to do. */
  note(action: string, input: unknown): boolean {
    const { data } = registration.safeParse(input);
    if (action !== 'RegisterScalableTarget' || !data) return false;
    this.#set.set(data.ResourceId, data.MinCapacity);
    return true;
  }

  /** Does so once for each bound: who asks for fewer tasks afterwards gets fewer. */
  async tick(services: readonly Service[]): Promise<void> {
    for (const [resource, least] of this.#set) {
      const service = services.find(
        ({ clusterArn = '', serviceName }) => `service/${clusterName(clusterArn)}/${serviceName}` === resource,
      );
      if (!service) continue;
      this.#set.delete(resource);
      if ((service.desiredCount ?? 0) >= least) continue;
      await this.#client(ECS).updateService({
        cluster: service.clusterArn,
        service: service.serviceName,
        desiredCount: least,
      });
    }
  }
}
