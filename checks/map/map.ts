import type { Result } from '../report/report.ts';
import { allowed, groupParts } from './group-parts.ts';
import { judged } from './judged.ts';
import { gatewayParts, subnetParts, vpcPart, zonesOf } from './network-parts.ts';
import { type ArchitectureMap, part } from './part.ts';
import { regionalParts } from './regional-parts.ts';
import type { Survey } from './survey.ts';
import { flows, workloadParts } from './workload-parts.ts';

/** The architecture as it is built now, each part with what the checks say of it. Pure. */
export function architectureMap(seen: Survey, results: Result[]): ArchitectureMap {
  const survey = chosen(seen);
  const zones = zonesOf(survey);
  const vpc = vpcPart(survey);
  const subnets = subnetParts(survey, zones);
  const groups = groupParts(survey);
  const parts = [
    part({ key: 'region', kind: 'region', label: `AWS（${survey.region}）`, state: 'found', place: { in: 'frame' } }),
    vpc,
    ...subnets,
    ...gatewayParts(survey, vpc, subnets),
    ...workloadParts(survey, subnets),
    ...groups,
    ...regionalParts(survey),
  ];
  const [alb, ecs, rds] = groups.map(({ key }) => key);
  const roles = { alb: alb ?? '', ecs: ecs ?? '', rds: rds ?? '' };
  return {
    region: survey.region,
    zones,
    parts: judged(parts, results, roles),
    links: [...flows(survey), ...allowed(survey, groups)],
    usdPerHour: survey.costs && [...survey.costs.values()].reduce((sum, one) => sum + one, 0),
  };
}

/** Among several VPCs nobody can tell what is meant: of what lies in one, nothing is seen then, rather than nothing there. */
function chosen(survey: Survey): Survey {
  if (survey.vpcs !== null && survey.vpcs.length < 2) return survey;
  const inside = { subnets: null, tables: null, nats: null, groups: null, roles: null, balancers: null };
  return {
    ...survey,
    ...inside,
    listeners: null,
    distributions: null,
    services: null,
    tasks: null,
    databases: null,
    costs: null,
  };
}
