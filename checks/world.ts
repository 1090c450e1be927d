import type { App } from './ports/app.ts';
import type { Aws } from './ports/aws.ts';
import type { Browser } from './ports/browser.ts';
import type { Files } from './ports/files.ts';
import type { Gh } from './ports/gh.ts';
import type { Http } from './ports/http.ts';
import type { Run } from './ports/run.ts';
import type { Tcp } from './ports/tcp.ts';
import type { Tls } from './ports/tls.ts';

/** What the person who runs the checks chose. */
export interface Choice {
  /** `--vpc`, or the one saved by an earlier run. */
  vpc: string | null;
  /** Where `vpc` comes from. A saved one that is no longer there counts as no choice; one given by flag must exist. */
  vpcFrom: 'flag' | 'saved' | null;
  /** Prefix of the environment's names, empty for the workbook's own. */
  prefix: string;
  /** Id of the region that is looked at, e.g. `ap-northeast-1`. */
  region: string;
  /** `--app`: absolute folder of the blog's code; the repository's `app` where it is left out. */
  app?: string | undefined;
  /**
   * `--url`, or the one saved by an earlier run: the API's origin as the internet sees it, e.g. `https://api.example.com`.
   * In a rehearsal the one on this machine; null where nothing answers there, as its names lead to strangers.
   */
  url?: string | null | undefined;
  /** Where the same host answers without TLS; left out, port 80. */
  plainUrl?: string | undefined;
  /** `--page`, or those saved by an earlier run: origins of the pages that may call it. */
  pages?: string[] | undefined;
  /** In a rehearsal: the folder of `state` with the settings of its pages; else the frontend's own count. */
  pageSettings?: string | undefined;
}

/** All that a check or finder may look at. Every port only reads, records, and can be replayed. */
export interface World {
  aws: Aws;
  http: Http;
  tls: Tls;
  tcp: Tcp;
  browser: Browser;
  files: Files;
  /** This machine's state, `.local`, wherever it is. */
  state: Files;
  run: Run;
  gh: Gh;
  /** The blog's code, in `choice.app`. */
  app: App;
  choice: Choice;
  /** The time of this run; a replay has its recording's. Judge ages and expiries by it, never by the clock. */
  now: Date;
}
