import { defineCheck, type Resource } from '../../check.ts';
import { type GroupRoles, groupRoles, type Role } from '../../find/group-roles.ts';
import {
  letsThrough,
  type SecurityGroup,
  securityGroups,
  securityGroupsElsewhere,
} from '../../find/security-groups.ts';
import { vpcId } from '../../find/vpcs.ts';

const WANTED: { role: Role; label: string; port: number }[] = [
  { role: 'alb', label: 'ロードバランサー用', port: 80 },
  { role: 'ecs', label: 'タスク（ECS）用', port: 4000 },
  { role: 'rds', label: 'データベース（RDS）用', port: 5432 },
];

export default defineCheck({
  title: 'ロードバランサー用・タスク用・データベース用のセキュリティグループがある',
  why: '役割ごとに分けておくと、「ロードバランサーからタスクへ」「タスクからデータベースへ」を、アドレスではなく相手の役割で書けます。タスクが入れ替わってもルールは変わりません。',
  needs: ['chapter-2/network/vpc'],
  read: async (world) => {
    const [vpc, here, roles] = await Promise.all([vpcId(world), securityGroups(world), groupRoles(world)]);
    // Only where one is missed: a shared account may hold hundreds of others.
    const elsewhere = Object.keys(roles).length < WANTED.length ? await securityGroupsElsewhere(world) : [];
    return { vpc, here: here.filter(({ properties }) => !properties.isDefault), elsewhere, roles };
  },
  judge: ({ vpc, here, elsewhere, roles }) => {
    const missing = WANTED.filter(({ role }) => !roles[role]);
    const found = Object.values(roles);
    if (missing.length === 0) {
      return { status: 'pass', evidence: inWords(roles), resources: found };
    }
    const open = (group: Resource<SecurityGroup>, port: number) =>
      group.properties.in.some((rule) => letsThrough(rule, port) && rule.ports[1] - rule.ports[0] < 1000);
    const shared = found.find((group) => missing.some(({ port }) => open(group, port)));
    const abroad = elsewhere.find(
      (group) => !group.properties.isDefault && missing.some(({ port }) => open(group, port)),
    );
    const blank = here.filter(({ properties }) => properties.in.length === 0);
    const evidence = [
      `VPC ${vpc} に、${missing.map(({ label }) => label).join('と')}のセキュリティグループが見つかりません。`,
      ...(found.length > 0 ? [`あるのは ${inWords(roles)} です。`] : []),
      ...(shared ? [`${label(shared)}が、2つの役割を兼ねています。`] : []),
      ...(abroad ? [`${label(abroad)}は、別の VPC ${abroad.parent} にあります。`] : []),
      ...(blank.length > 0 ? [`${blank.map(label).join('、')}には、インバウンドルールがありません。`] : []),
    ];
    return {
      status: 'fail',
      evidence: evidence.join(''),
      resources: [...found, ...blank, ...(abroad ? [abroad] : [])],
    };
  },
  fix: {
    console:
      '「VPC」>「セキュリティグループ」>「セキュリティグループを作成」で、VPC に自分の VPC を選んで作ります。説明は英数字だけです。VPC は後から変えられないため、違う VPC に作ったものは作り直します。',
    cli: 'aws ec2 create-security-group --vpc-id <VPC の ID> --group-name blog-aws-practice-ecs --description "Tasks: the server port from the load balancer only"',
    cdk: 'pnpm solve chapter-2 security-groups（infra/constructs/security-groups.ts が3つを作ります）',
  },
  console: 'vpcconsole/home#SecurityGroups:',
  doc: 'chapters/chapter-2/02-security-groups.md#3つのグループ',
});

/** e.g. `sg-0abc（blog-ecs）` */
const label = ({ id, name }: Resource<SecurityGroup>) => `${id}（${name}）`;

function inWords(roles: GroupRoles): string {
  return WANTED.flatMap(({ role, label: what }) => (roles[role] ? [`${what} ${label(roles[role])}`] : [])).join('、');
}
