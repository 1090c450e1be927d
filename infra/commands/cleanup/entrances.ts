import { ACM } from '@aws-sdk/client-acm';
import { CloudFront } from '@aws-sdk/client-cloudfront';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { allDistributions } from '@blog-aws-practice/checks/find/distributions.ts';
import { allLoadBalancers } from '@blog-aws-practice/checks/find/load-balancers.ts';
import { type Removal, unlessGone } from './removal.ts';

export const removeLoadBalancer: Removal = async ({ resource: { id, arn } }, { client, fresh, until }) => {
  const elb = client(ElasticLoadBalancingV2);
  const LoadBalancerArn = arn ?? '';
  await unlessGone(
    elb.modifyLoadBalancerAttributes({
      LoadBalancerArn,
      Attributes: [{ Key: 'deletion_protection.enabled', Value: 'false' }],
    }),
  );
  await unlessGone(elb.deleteLoadBalancer({ LoadBalancerArn }));
  await until(`ロードバランサー ${id} が消える`, async () =>
    (await fresh(allLoadBalancers)).some((one) => one.arn === arn) ? '削除中' : null,
  );
};

export const removeTargetGroup: Removal = ({ resource: { arn } }, { client }) =>
  unlessGone(client(ElasticLoadBalancingV2).deleteTargetGroup({ TargetGroupArn: arn ?? '' }));

/** It has to be switched off everywhere before it may go, which takes minutes. */
export const removeDistribution: Removal = async ({ resource: { id } }, { client, fresh, until }) => {
  const cloudFront = client(CloudFront);
  const find = async () => (await fresh(allDistributions)).find((one) => one.id === id)?.properties;
  const now = await find();
  if (!now) return;
  if (now.enabled) {
    const { DistributionConfig, ETag } = await cloudFront.getDistributionConfig({ Id: id });
    if (DistributionConfig) {
      await cloudFront.updateDistribution({
        Id: id,
        IfMatch: ETag,
        DistributionConfig: { ...DistributionConfig, Enabled: false },
      });
    }
  }
  await until(`CloudFront ディストリビューション ${id} が止まる`, async () => {
    const { enabled, status } = (await find()) ?? { enabled: false, status: 'Deployed' };
    return !enabled && status === 'Deployed' ? null : status;
  });
  const { ETag } = await cloudFront.getDistributionConfig({ Id: id });
  await unlessGone(cloudFront.deleteDistribution({ Id: id, IfMatch: ETag }));
};

export const removeCertificate: Removal = ({ resource: { arn } }, { client }) =>
  unlessGone(client(ACM).deleteCertificate({ CertificateArn: arn ?? '' }));
