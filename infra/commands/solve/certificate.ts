import { setTimeout as sleep } from 'node:timers/promises';
import { ACM } from '@aws-sdk/client-acm';
import type { Resource } from '@blog-aws-practice/checks/check.ts';
import { type Certificate, certificate, certificates } from '@blog-aws-practice/checks/find/certificates.ts';
import { listeners } from '@blog-aws-practice/checks/find/listeners.ts';
import { input } from '@inquirer/prompts';
import { z } from 'zod';
import { CommandError } from '../command.ts';
import { clientOf, type Target } from '../target.ts';

/** The name that a rehearsal asks a certificate for, where the learner gives none; nobody owns it. */
const rehearsalDomain = 'api.example.com';
const hostName = z.hostname();

/** The certificate that a listener of the environment uses already; null where none does. */
export async function certificateInUse({ world }: Target): Promise<string | null> {
  return (await listeners(world)).flatMap(({ relations }) => relations.certificate ?? [])[0] ?? null;
}

/**
 * The certificate for the API's host name: one of this account, else one requested now. CloudFormation can't do it: it
 * would wait for hours for a DNS record.
 *
 * @param domain the API's host name, where the learner gave one
 * @returns the ARN of an issued certificate
 * @throws CommandError where it isn't issued yet: with the DNS record that AWS waits for
 */
export async function issuedCertificate(
  target: Target,
  domain: string | undefined,
  say: (line: string) => void,
): Promise<string> {
  const host = await hostOf(target, domain);
  const known = (await certificates(target.world)).find(({ properties: { hosts } }) => covers(hosts, host));
  const arn = known?.arn ?? (await request(target, host, say));
  const issued = await settled(target, arn);
  if (issued.properties.status === 'ISSUED') return arn;
  throw new CommandError(stillWaiting(issued.properties, host));
}

async function hostOf({ rehearsal }: Target, domain: string | undefined): Promise<string> {
  if (domain !== undefined) {
    if (hostName.safeParse(domain).success) return domain;
    throw new CommandError(`「${domain}」はホスト名として使えません。api.example.com のように書いてください。`, 64);
  }
  if (rehearsal) return rehearsalDomain;
  if (!process.stdin.isTTY) {
    throw new CommandError(
      'API のホスト名が決まっていません。独自ドメインで進めるなら --domain api.（自分のドメイン）を、ドメインなしで進めるなら -c https=cloudfront を付けて実行してください。',
    );
  }
  return input({
    message:
      'API のホスト名（例: api.example.com）。ドメインがなければ Ctrl-C で中止し、-c https=cloudfront を付けてください',
    validate: (value) => hostName.safeParse(value).success || 'api.example.com のように書いてください',
  });
}

/** Whether one of the certificate's names is the host's, or a wildcard for it. */
const covers = (hosts: string[], host: string) =>
  hosts.some((name) => name === host || name === host.replace(/^[^.]+/, '*'));

async function request(target: Target, host: string, say: (line: string) => void): Promise<string> {
  const acm = clientOf(target, ACM);
  const { CertificateArn = '' } = await acm.requestCertificate({ DomainName: host, ValidationMethod: 'DNS' });
  acm.destroy();
  say(`証明書（${host}）を ACM に申し込みました。証明書そのものに料金はかかりません。`);
  return CertificateArn;
}

/** Looks until the certificate is issued: some seconds, which is all a rehearsal takes; real DNS takes longer. */
async function settled(target: Target, arn: string): Promise<Resource<Certificate>> {
  for (let attempt = 0; ; attempt += 1) {
    const found = await target.fresh((world) => certificate(world, arn));
    if (!found) throw new CommandError(`証明書 ${arn} が見つかりませんでした。もう一度実行してください。`);
    const { status, records } = found.properties;
    const enough = target.rehearsal ? attempt >= 30 : attempt >= 10 || records.length > 0;
    if (status === 'ISSUED' || enough) return found;
    await sleep(1000);
  }
}

function stillWaiting({ status, failure, records }: Certificate, host: string): string {
  if (failure)
    return `証明書（${host}）は発行されませんでした（${failure}）。ACM の画面で削除してから、もう一度実行してください。`;
  const list = records.map(({ name, value }) => `  名前: ${name}\n  種類: CNAME\n  値:   ${value}`);
  return [
    `証明書（${host}）は、まだ検証中です（${status}）。次のレコードをドメインの DNS に追加してください。`,
    ...list,
    'Cloudflare では、プロキシをオフ（DNS のみ）にします。数分から数十分で発行されるので、そのあとでもう一度、同じコマンドを実行してください。',
  ].join('\n');
}
