import type { Origin, Status } from '../check.ts';

/** What a part of the picture is. */
export type Kind =
  | 'region'
  | 'vpc'
  | 'subnet'
  | 'internet-gateway'
  | 'nat-gateway'
  | 'load-balancer'
  | 'service'
  | 'database'
  | 'group'
  | 'secret'
  | 'registry'
  | 'logs'
  | 'cloudfront'
  | 'worker'
  | 'supabase';

/** Where it is drawn: inside a zone and tier (subnets), inside subnets (by their keys), or in one of the other areas. */
export type Place =
  | { in: 'zone'; zone: string; tier: 'public' | 'private' }
  | { in: 'subnets'; keys: string[] }
  | { in: 'outside' | 'region' | 'edge' | 'groups' | 'frame' };

/** What a check said of a part. */
export interface Said {
  id: string;
  title: string;
  status: Status;
  evidence: string;
}

/** One part of the architecture: found, still to come, or not seen because we could not look. */
export interface Part {
  /** Unique in the map. The id of what was found, else the plan's own name for it. */
  key: string;
  kind: Kind;
  /** What it is, in Japanese, e.g. `NAT ゲートウェイ`. */
  label: string;
  state: 'found' | 'coming' | 'unseen';
  /** What AWS calls it; null while there is none. */
  id: string | null;
  name: string | null;
  origin: Origin | null;
  /** A few Japanese words each on what is special about it. */
  notes: string[];
  place: Place;
  /** US dollars per hour for its mere existence; null where that is not known. */
  usdPerHour: number | null;
  said: Said[];
  /** The worst that its checks say; null before any looked at it. */
  status: Status | null;
}

/** Who may talk to whom (`allow`), or where requests go on to (`flow`). */
export interface Link {
  kind: 'allow' | 'flow';
  /** A part's key; `anyone` for the whole internet; else a range or list as it is written. */
  from: string;
  to: string;
  /** e.g. `TCP 4000` */
  label: string;
}

/** The architecture as it is built now. */
export interface ArchitectureMap {
  region: string;
  /** Names of the availability zones, as columns. */
  zones: string[];
  parts: Part[];
  links: Link[];
  /** US dollars per hour of all that runs; null where that can't be told. */
  usdPerHour: number | null;
}

/** A part that no check has looked at yet. */
export function part(given: Pick<Part, 'key' | 'kind' | 'label' | 'state' | 'place'> & Partial<Part>): Part {
  return { id: null, name: null, origin: null, notes: [], usdPerHour: null, said: [], status: null, ...given };
}
