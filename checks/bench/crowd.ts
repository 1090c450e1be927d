import type { EC2 } from '@aws-sdk/client-ec2';
import type { ECS } from '@aws-sdk/client-ecs';

/** Other people's things in the same account, and a task definition with a long history. */
export async function crowd(
  { ec2, ecs }: { ec2: EC2; ecs: ECS },
  { vpcs, groups, revisions }: { vpcs: number; groups: number; revisions: number },
): Promise<void> {
  const ids = await inTens(vpcs, async (i) => {
    const CidrBlock = `10.${1 + Math.floor(i / 16)}.${(i % 16) * 16}.0/20`;
    return (await ec2.createVpc({ CidrBlock })).Vpc?.VpcId ?? '';
  });
  await inTens(groups, async (i) => {
    const GroupName = `stranger-${i}`;
    const { GroupId } = await ec2.createSecurityGroup({ VpcId: ids[i % vpcs], GroupName, Description: GroupName });
    await ec2.authorizeSecurityGroupIngress({
      GroupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }],
    });
  });
  await inTens(revisions, (i) =>
    ecs.registerTaskDefinition({
      family: 'cows',
      requiresCompatibilities: ['FARGATE'],
      networkMode: 'awsvpc',
      cpu: '256',
      memory: '512',
      containerDefinitions: [{ name: 'cow', image: `milk:${i}`, essential: true }],
    }),
  );
}

async function inTens<Made>(count: number, make: (index: number) => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  for (let i = 0; i < count; i += 10) {
    const some = Array.from({ length: Math.min(10, count - i) }, (_, j) => make(i + j));
    made.push(...(await Promise.all(some)));
  }
  return made;
}
