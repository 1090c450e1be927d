import type { ArchitectureMap, Part } from './part.ts';

/** Where something is drawn, in the picture's own units. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** One drawing of a part. A part that lies in several subnets is drawn in each. */
export interface Placed {
  part: Part;
  box: Box;
  /** A frame holds others; a box doesn't. `again`: the same part was already drawn elsewhere. */
  look: 'frame' | 'box' | 'again';
}

export interface Layout {
  width: number;
  height: number;
  placed: Placed[];
  /** The whole internet, from where people come. */
  anyone: Box;
  /** Names above the availability zones' columns. */
  zones: { name: string; box: Box }[];
  /** Where the row of security groups begins. */
  groupsTop: number;
}

const GAP = 16;
const SIDE = 252;
const BOX = 96;
/** Above what a VPC or a subnet holds: its name, id, range and route. */
const HEAD = 84;
const COLUMN = 350;
/** Left of everything: where requests from the internet come down. */
const MARGIN = 48;

/** Puts every part where it is: columns are availability zones, rows are public, private, groups. Pure. */
export function layout({ parts, zones }: ArchitectureMap): Layout {
  const placed: Placed[] = [];
  const put = (part: Part, box: Box, look: Placed['look']) => placed.push({ part, box, look });
  const at = (place: Part['place']['in'], kind?: Part['kind']) =>
    parts.filter((part) => part.place.in === place && (kind === undefined || part.kind === kind));

  const vpcWidth = zones.length * (COLUMN + GAP) + GAP;
  const width = MARGIN + vpcWidth + SIDE + 4 * GAP;
  const outside = at('outside');
  const top = { y: GAP, height: BOX };
  const anyone: Box = { x: GAP, width: 200, ...top };
  outside.forEach((part, index) => {
    put(part, { x: MARGIN + GAP + (index + 1) * (236 + GAP), width: 236, ...top }, 'box');
  });

  const region: Box = { x: MARGIN, y: top.y + top.height + 2 * GAP, width: width - MARGIN - GAP, height: 0 };
  const vpc: Box = { x: MARGIN + GAP, y: region.y + 40, width: vpcWidth, height: 0 };
  let y = vpc.y + HEAD;
  y = row(at('edge'), vpc.x + GAP, y, vpc.width - 2 * GAP, put);

  const columns = zones.map((name, index) => ({ name, x: vpc.x + GAP + index * (COLUMN + GAP) }));
  const zoneTop = y;
  y += 30;
  const drawn = new Set<string>();
  for (const tier of ['public', 'private'] as const) {
    const heights = columns.map(({ name, x }) => {
      let below = y;
      for (const subnet of parts) {
        if (subnet.place.in !== 'zone' || subnet.place.zone !== name || subnet.place.tier !== tier) continue;
        const inside = parts.filter(({ place }) => place.in === 'subnets' && place.keys.includes(subnet.key));
        const frame = { x: x + 8, y: below, width: COLUMN - 16, height: HEAD + inside.length * (BOX + 8) + 8 };
        put(subnet, frame, 'frame');
        inside.forEach((one, index) => {
          const box = { x: frame.x + 18, y: below + HEAD + index * (BOX + 8), width: frame.width - 28, height: BOX };
          put(one, box, drawn.has(one.key) ? 'again' : 'box');
          drawn.add(one.key);
        });
        below += frame.height + GAP;
      }
      return below;
    });
    y = Math.max(y, ...heights);
  }
  const zoneBoxes = columns.map(({ name, x }) => ({
    name,
    box: { x, y: zoneTop, width: COLUMN, height: y - zoneTop - GAP / 2 },
  }));
  const groupsTop = y;
  y = row(at('groups'), vpc.x + GAP, y + 64, vpc.width - 2 * GAP, put);
  vpc.height = y - vpc.y;

  let side = vpc.y;
  for (const part of parts) {
    const lost = part.place.in === 'subnets' && part.place.keys.length === 0;
    if (part.place.in !== 'region' && !lost) continue;
    put(part, { x: vpc.x + vpc.width + GAP, y: side, width: SIDE, height: BOX }, 'box');
    side += BOX + GAP;
  }
  region.height = Math.max(vpc.y + vpc.height, side) + GAP - region.y;
  const frames: Placed[] = at('frame').map((part) => ({
    part,
    box: part.kind === 'region' ? region : vpc,
    look: 'frame',
  }));
  return {
    width,
    height: region.y + region.height + 44,
    placed: [...frames, ...placed],
    anyone,
    zones: zoneBoxes,
    groupsTop,
  };
}

/** Boxes from left to right, as many as fit, then in a next row; gives where the last row ends. */
function row(
  parts: Part[],
  x: number,
  y: number,
  width: number,
  put: (part: Part, box: Box, look: Placed['look']) => void,
): number {
  const room = 76;
  const fit = Math.max(1, Math.min(3, parts.length, Math.floor((width + room) / (180 + room))));
  const each = Math.min(300, (width - (fit - 1) * room) / fit);
  parts.forEach((part, index) => {
    const left = x + (index % fit) * (each + room);
    put(part, { x: left, y: y + Math.floor(index / fit) * (BOX + room), width: each, height: BOX }, 'box');
  });
  const rows = Math.ceil(parts.length / fit);
  return y + rows * BOX + Math.max(0, rows - 1) * room + GAP;
}
