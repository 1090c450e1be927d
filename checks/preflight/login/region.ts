import { defineCheck } from '../../check.ts';

export default defineCheck({
  title: 'リージョンで、アベイラビリティーゾーンを2つ以上使える',
  why: 'ロードバランサーもデータベースのサブネットグループも、2つのゾーンのサブネットを必要とします。',
  read: async ({ aws, choice }) => {
    const { AvailabilityZones = [] } = await aws.ec2.describeAvailabilityZones({});
    return {
      region: choice.region,
      zones: AvailabilityZones.flatMap(({ ZoneName, State, ZoneType = 'availability-zone' }) =>
        ZoneName && State === 'available' && ZoneType === 'availability-zone' ? [ZoneName] : [],
      ),
    };
  },
  judge: ({ region, zones }) => {
    const list = zones.length > 0 ? zones.join('、') : 'ありません';
    if (zones.length < 2) {
      return { status: 'fail', evidence: `${region} で使えるゾーン: ${list}`, expected: '2つ以上のゾーンを使える' };
    }
    const elsewhere = region === 'ap-northeast-1' ? '' : 'この本の料金と画面は東京（ap-northeast-1）のものです。';
    return { status: 'pass', evidence: `${region} のゾーン ${list} を使えます。${elsewhere}` };
  },
  fix: {
    console: '右上のリージョンを「アジアパシフィック (東京) ap-northeast-1」にします。',
    cli: 'aws configure set region ap-northeast-1',
    cdk: 'infra/parameters.ts の region を ap-northeast-1 にします（既定のままです）。',
  },
  console: 'ec2/home#Home:',
  doc: 'chapters/preflight/02-login.md#リージョンを東京にする',
});
