import { RDS } from '@aws-sdk/client-rds';
import { databaseClusters } from '@blog-aws-practice/checks/find/database-clusters.ts';
import { type Environment, until } from './environment.ts';

type Say = (line: string) => void;

async function statusOf(environment: Environment, id: string): Promise<string | null> {
  const all = await environment.fresh(databaseClusters);
  return all.find((one) => one.id === id)?.properties.status ?? null;
}

/** Stops an Aurora cluster and waits until it is. AWS starts it again after seven days. */
export async function pauseCluster(environment: Environment, id: string, say: Say): Promise<void> {
  if ((await statusOf(environment, id)) === 'available') {
    await environment.client(RDS).stopDBCluster({ DBClusterIdentifier: id });
  }
  const look = async () => {
    const status = await statusOf(environment, id);
    return status === null || status === 'stopped' ? null : status;
  };
  await until(environment, `Aurora クラスター ${id} が停止する`, look, say);
  say(`Aurora クラスター ${id} を停止しました。7日たつと、AWS が自動で起動します。`);
}

/** Starts it again and waits until it answers. */
export async function resumeCluster(environment: Environment, id: string, say: Say): Promise<void> {
  const settled = async () => {
    const status = await statusOf(environment, id);
    return status === 'stopping' ? status : null;
  };
  await until(environment, `Aurora クラスター ${id} の停止が終わる`, settled, say);
  const status = await statusOf(environment, id);
  if (status === null) return say(`Aurora クラスター ${id} はもうないので、飛ばしました。`);
  if (status === 'available') return say(`Aurora クラスター ${id} はすでに動いています。`);
  if (status === 'stopped') await environment.client(RDS).startDBCluster({ DBClusterIdentifier: id });
  const look = async () => {
    const now = await statusOf(environment, id);
    return now === null || now === 'available' ? null : now;
  };
  await until(environment, `Aurora クラスター ${id} が利用可能になる`, look, say);
  say(`Aurora クラスター ${id} を起動しました。`);
}
