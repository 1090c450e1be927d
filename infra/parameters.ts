import { z } from 'zod';

/**
 * Every value that a learner may change, in one place.
 * A value is changed here, or for one run by `-c name=value` (e.g. `pnpm cdk diff -c prefix=tanaka`).
 */
const shape = z.strictObject({
  /** Begins every name, so that several environments live side by side in one account. Empty for the workbook's own. */
  prefix: z
    .string()
    .regex(/^([a-z][a-z0-9]{0,7})?$/, '英小文字で始まる8文字以内の英小文字と数字にしてください（例: tanaka）')
    .default(''),
  region: z
    .string()
    .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'ap-northeast-1 のようなリージョンの ID にしてください')
    .default('ap-northeast-1'),
  /** Letters of the two availability zones, e.g. `['a', 'c']`. New accounts can't use b in Tokyo. */
  availabilityZones: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z.tuple([z.string(), z.string()], '2つのアベイラビリティーゾーンの文字を a,c のように並べてください'),
    )
    .refine((zones) => zones.every((zone) => /^[a-z]$/.test(zone)), 'ゾーンは a や c のように1文字で書いてください')
    .refine(([first, second]) => first !== second, '2つのゾーンは別々にしてください（例: a,c）')
    .default(['a', 'c']),
  /** US dollars a month, at whose half the first warning comes. Credits are not taken off. */
  budget: z.coerce.number('ドルの金額を数で指定してください').positive('0 より大きい金額にしてください').default(20),
  /** Who is told when the budget is used up. Empty: nobody. */
  alertEmail: z
    .union([z.literal(''), z.email()], '通知を受け取るメールアドレスにしてください（例: you@example.com）')
    .default(''),
  /**
   * How the private subnets reach the internet: by the plan's NAT gateway ($0.062/h and $0.062 a GB), by a t4g.nano instance
   * ($0.0054/h, which is one's own to look after), or not at all; either has a public address for $0.005/h.
   */
  nat: z.enum(['gateway', 'instance', 'none'], 'gateway、instance、none のどれかにしてください').default('gateway'),
  /** How browsers get HTTPS: by an own domain's certificate on the load balancer, or by CloudFront in front of it. */
  https: z.enum(['domain', 'cloudfront'], 'domain か cloudfront にしてください').default('domain'),
  /** ARN of the issued certificate, with an own domain only. `pnpm solve` asks for one and passes it in. */
  certificateArn: z
    .string()
    .regex(/^(arn:aws:acm:[a-z0-9-]+:\d{12}:certificate\/.+)?$/, 'ACM の証明書の ARN（arn:aws:acm:…）にしてください')
    .default(''),
  /** Tokyo's id of the managed prefix list `com.amazonaws.global.cloudfront.origin-facing`; another region has another. */
  cloudFrontPrefixList: z
    .string()
    .regex(/^pl-[0-9a-f]+$/, 'pl- で始まるプレフィックスリストの ID にしてください')
    .default('pl-58a04531'),
  /** The smallest class that Aurora PostgreSQL offers ($0.113/h), or Serverless v2 that pauses at 0 ACU ($0.15 per ACU and hour). */
  database: z
    .enum(['db.t4g.medium', 'serverless'], 'db.t4g.medium か serverless にしてください')
    .default('db.t4g.medium'),
  /** Tag or `sha256:…` digest of the image in the registry. */
  image: z.string().min(1, 'イメージのタグかダイジェストにしてください').default('initial'),
  /** Origins from which browsers may call the API, e.g. `https://blog-aws-practice-frontend.example.workers.dev`. */
  corsOrigins: z
    .preprocess(
      (value) => (typeof value === 'string' ? value.split(',') : value),
      z.array(
        z
          .url('https:// で始まるオリジンにしてください')
          .refine(
            (text) => URL.parse(text)?.origin === text,
            'パスや最後の / を付けず、https://blog.example.com のように書いてください',
          ),
      ),
    )
    .default(['http://localhost:3000']),
  /**
   * The learner's GitHub repository with its ids, as today's OIDC tokens name it: `OWNER@OWNER_ID/NAME@REPOSITORY_ID`.
   * `gh api repos/OWNER/NAME --jq '"\(.owner.login)@\(.owner.id)/\(.name)@\(.id)"'` prints it.
   */
  repository: z
    .string()
    .regex(
      /^([\w-]+@\d+\/[\w.-]+@\d+)?$/,
      '所有者@所有者のID/リポジトリ@リポジトリのID の形（例: tanaka@1234567/blog-aws-practice@987654321）にしてください',
    )
    .default(''),
  /** The GitHub Environment whose releases come into this environment of AWS; `main` releases into production. */
  githubEnvironment: z
    .enum(['production', 'development'], 'production か development にしてください')
    .default('production'),
  /** An account knows GitHub's identity provider once only: `existing` where another environment has made it already. */
  oidcProvider: z.enum(['create', 'existing'], 'create か existing にしてください').default('create'),
  /** How a release replaces the old version: task by task, or both side by side and then a switch. */
  deployment: z.enum(['rolling', 'blue-green'], 'rolling か blue-green にしてください').default('blue-green'),
  /** `weekdays`: works on weekdays from 9 to 18. `always`: rests until this is changed. `off`: nobody puts it to rest. */
  pauseSchedule: z.enum(['off', 'weekdays', 'always'], 'off か weekdays か always にしてください').default('off'),
  /** AWS account from which the instructor may look. Empty: nobody's. */
  instructorAccount: z
    .string()
    .regex(/^(\d{12})?$/, '12桁のアカウント ID にしてください')
    .default(''),
  /** What the instructor has to say too, agreed upon by both; IAM's rules for an external id, and long enough not to be guessed. */
  instructorExternalId: z
    .string()
    .regex(/^([\w+=,.@:/-]{16,1224})?$/, '16文字以上の英数字と +=,.@:/- で、講師と決めた合言葉にしてください')
    .default(''),
});

const whole = shape.refine((one) => one.instructorAccount === '' || one.instructorExternalId !== '', {
  path: ['instructorExternalId'],
  message: '講師のアカウントを入れたら、16文字以上の合言葉も決めてください',
});

export type Parameters = z.infer<typeof shape>;

/** The names that `-c` understands, beside `until`. */
export const parameterNames = Object.keys(shape.shape);

/**
 * The parameters, checked. Values given by `-c` come as strings, e.g. `{ budget: '50' }`; undefined means the default.
 *
 * @throws Error with one Japanese line for each value that can't be used: its name, what it was, what it should be.
 */
export function readParameters(given: Record<string, unknown> = {}): Parameters {
  const parsed = whole.safeParse(given);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0] ?? '');
    return `パラメータ ${name} の値 ${JSON.stringify(given[name])} は使えません。${issue.message}。`;
  });
  throw new Error(lines.join('\n'));
}
