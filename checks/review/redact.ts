/** What is taken out of a text before it leaves the machine, and what stands there instead; in this order. */
const RULES: [RegExp, string][] = [
  // An ARN is a service and a resource; whose it is, is nobody's business.
  [/\barn:aws[\w-]*:([\w-]+):[\w-]*:(?:\d{12})?:([^\s、。）」"']+)/g, '$1:$2'],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, '（アクセスキー）'],
  [/:\/\/[^\s/@]+@/g, '://（伏せました）@'],
  [/[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g, '（メールアドレス）'],
  [/(?<!\d)\d{12}(?!\d)/g, '（アカウント）'],
  // Ranges inside a VPC and of this machine say nothing about anybody; an address of the internet does.
  [
    /(?<![\d.])(?!10\.|127\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.0\.0\.0)(?:\d{1,3}\.){3}\d{1,3}(?![\d.])/g,
    '（IP アドレス）',
  ],
];

/** A text without account ids, access keys, addresses of people and machines, and with ARNs cut to what they name. */
export function redacted(text: string): string {
  return RULES.reduce((rest, [pattern, instead]) => rest.replaceAll(pattern, instead), text);
}
