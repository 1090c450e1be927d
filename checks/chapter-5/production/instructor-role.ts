import { defineCheck, type Judgement, type Resource } from '../../check.ts';
import { accountTrust, instructorRoles } from '../../find/instructor-roles.ts';
import type { Role } from '../../find/roles.ts';

/** Shorter words can be guessed. */
const SHORTEST = 16;
const LOOKS = /^[\w-]+:(BatchGet|Describe|Filter|Get|List|Lookup|Search|Simulate|View)/i;

export default defineCheck({
  title: '講師のロールは、合言葉（外部 ID）の合う人だけが入れて、見ることだけができる',
  why: '外部 ID がないと、講師のアカウントをだれかに使われたとき、あなたの環境まで見えます。変える権限があれば、壊すこともできます。',
  read: async (world) => ({ roles: await instructorRoles(world) }),
  judge: ({ roles }): Judgement => {
    if (roles.length === 0) {
      return {
        status: 'pass',
        evidence: '講師のロールはありません。だれにも見せていません。',
        advice:
          '任意: 講師に見てもらうなら、pnpm solve chapter-5 に -c instructorAccount= と -c instructorExternalId= を付けます。',
      };
    }
    for (const one of roles) {
      const wrong = mistakeIn(one);
      if (wrong) return { status: 'fail', evidence: `ロール ${one.id} は、${wrong}`, resources: [one] };
    }
    const accounts = roles.flatMap((one) => accountTrust(one).flatMap(({ principals }) => principals.map(accountOf)));
    return {
      status: 'pass',
      evidence: `${roles.map(({ id }) => id).join('、')}: アカウント ${[...new Set(accounts)].join('、')} が、合言葉を言ったときだけ見られます。`,
      resources: roles,
    };
  },
  fix: {
    console:
      '「IAM」>「ロール」でロールを開き、「信頼関係」の条件に sts:ExternalId を StringEquals で書き、「許可」を docs/checker-policy.json だけにします。',
    cli: 'aws iam update-assume-role-policy --role-name <ロール> --policy-document file://trust.json',
    cdk: 'pnpm solve chapter-5 -c instructorAccount=<講師のアカウント> -c instructorExternalId=<16文字以上の合言葉>',
  },
  console: 'iam/home#/roles',
  doc: 'chapters/chapter-5/02-production.md#講師のロール',
});

/** `AWS: arn:aws:iam::111122223333:root` or `AWS: 111122223333`. */
const accountOf = (principal: string) => /\d{12}/.exec(principal)?.[0] ?? principal;

function mistakeIn(role: Resource<Role>): string | null {
  const trust = accountTrust(role);
  if (trust.length === 0) return 'どのアカウントからも入れません。';
  for (const { principals, conditions } of trust) {
    if (principals.some((one) => one === '*' || one === 'AWS: *')) return 'どの AWS アカウントからでも入れます。';
    const words = Object.entries(conditions).flatMap(([operator, keys]) =>
      Object.entries(keys).flatMap(([key, values]) =>
        key.toLowerCase() === 'sts:externalid' ? values.map((value) => ({ operator, value })) : [],
      ),
    );
    const [first] = words;
    if (!first) return '外部 ID を聞かずに入れます。';
    if (words.some(({ operator }) => !/^String(Equals|Like)$/i.test(operator))) {
      return `外部 ID を ${first.operator} で比べています。これでは、限ったことになりません。`;
    }
    if (words.some(({ operator, value }) => /Like$/i.test(operator) && /[*?]/.test(value))) {
      return '外部 ID に * や ? が使われていて、合言葉を知らない人も入れます。';
    }
    if (words.some(({ value }) => value.length < SHORTEST)) {
      return `外部 ID が${SHORTEST}文字より短く、言い当てられるおそれがあります。`;
    }
  }
  const changing = role.properties.statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap(({ actions, notActions }) => (notActions.length > 0 ? ['*'] : actions))
    .find((action) => !LOOKS.test(action));
  return changing === undefined ? null : `見るだけでなく、${changing} もできます。`;
}
