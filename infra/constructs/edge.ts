import {
  Aws,
  CfnOutput,
  aws_cloudfront as cloudfront,
  aws_elasticloadbalancingv2 as elbv2,
  Fn,
  aws_cloudfront_origins as origins,
  Validations,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint } from '../blueprint.ts';

export interface EdgeProps {
  loadBalancer: elbv2.ApplicationLoadBalancer;
  listener: elbv2.ApplicationListener;
  targetGroup: elbv2.ApplicationTargetGroup;
}

/**
 * HTTPS without a domain of one's own: CloudFront gives `https://….cloudfront.net` and passes every request on to the
 * load balancer's port 80, uncached. The load balancer lets in only what carries CloudFront's header; the hop between
 * the two is not encrypted.
 *
 * @example
 * new Edge(stack, 'Edge', { loadBalancer, listener, targetGroup })
 */
export class Edge extends Construct {
  readonly distribution: cloudfront.Distribution;
  /** What only CloudFront's requests fulfil. */
  readonly fromCloudFront: elbv2.ListenerCondition;

  constructor(scope: Construct, id: string, { loadBalancer, listener, targetGroup }: EdgeProps) {
    super(scope, id);
    // The random part of the stack's id: nobody outside the account knows it, and it needs no second secret.
    const password = Fn.select(2, Fn.split('/', Aws.STACK_ID));
    const header = 'X-Origin-Verify';
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: 'blog-aws-practice: HTTPS for the API',
      priceClass: cloudfront.PriceClass.PRICE_CLASS_200,
      defaultBehavior: {
        origin: new origins.LoadBalancerV2Origin(loadBalancer, {
          protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY,
          httpPort: blueprint.ports.http,
          customHeaders: { [header]: password },
        }),
        allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
        cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
        originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
      },
    });
    this.fromCloudFront = elbv2.ListenerCondition.httpHeader(header, [password]);
    new elbv2.ApplicationListenerRule(this, 'FromCloudFront', {
      listener,
      priority: 10,
      conditions: [this.fromCloudFront],
      action: elbv2.ListenerAction.forward([targetGroup]),
    });
    new CfnOutput(this, 'Url', { value: `https://${this.distribution.distributionDomainName}` });
    const reasons = {
      'AwsSolutions-CFR1': '読者がどの国にいても読めるように、国による制限はかけません。',
      'AwsSolutions-CFR2':
        'WAF は月額の固定料金がかかるため、練習の環境では使いません。規模を広げるときの候補として docs で紹介します。',
      'AwsSolutions-CFR3':
        'アクセスログは S3 バケットと保存の料金が要るため、ここでは任意とします。リクエストの記録はタスクのログに残ります。',
      'AwsSolutions-CFR4': '独自の証明書がない *.cloudfront.net では TLS の下限を選べず、CloudFront の既定に従います。',
      'AwsSolutions-CFR5':
        '証明書に使うドメインがない進め方なので、CloudFront からロードバランサーまでは HTTP です。本文でもそう明かしています。',
    };
    Validations.of(this.distribution).acknowledge(
      ...Object.entries(reasons).map(([rule, reason]) => ({ id: rule, reason })),
    );
  }
}
