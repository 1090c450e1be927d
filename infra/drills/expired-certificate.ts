import { ACM } from '@aws-sdk/client-acm';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { listeners } from '@blog-aws-practice/checks/find/listeners.ts';
import { defineDrill } from '../commands/drill/drill.ts';
import { found } from '../commands/drill/found.ts';
import { selfSigned } from '../commands/drill/self-signed.ts';

export default defineDrill({
  title: '「この接続は安全ではありません」',
  story:
    '日付が変わったとたん、すべての読者のブラウザが真っ赤な警告を出しはじめました。サーバーもネットワークも、だれも触っていません。止まらないのは問い合わせの電話だけです。',
  minutes: 10,
  hints: [
    'だれも触っていないのに、日付だけで変わるものがあります。',
    '「EC2」の HTTPS のリスナーに付いている証明書を、「Certificate Manager」で開き、期限を見ます。取り込んだ証明書は、自動では更新されません。',
    'HTTPS のリスナーの証明書を、期限の残っている証明書に付け替えます。',
  ],
  caught: ['chapter-2/load-balancer/certificate'],
  prepare: async ({ world }) => {
    const secure = found(
      (await listeners(world)).find(({ properties }) => properties.protocol === 'HTTPS'),
      'HTTPS のリスナー',
    );
    return {
      listener: found(secure.arn, 'HTTPS のリスナー'),
      certificate: found(secure.properties.certificate, '証明書'),
    };
  },
  break: async ({ client }, { listener }) => {
    const { CertificateArn } = await client(ACM).importCertificate(await selfSigned(60));
    await client(ElasticLoadBalancingV2).modifyListener({ ListenerArn: listener, Certificates: [{ CertificateArn }] });
  },
  restore: async ({ client }, { listener, certificate }) => {
    const elbv2 = client(ElasticLoadBalancingV2);
    const { Listeners = [] } = await elbv2.describeListeners({ ListenerArns: [listener] });
    const now = Listeners[0]?.Certificates?.[0]?.CertificateArn;
    if (now === undefined || now === certificate) return;
    await elbv2.modifyListener({ ListenerArn: listener, Certificates: [{ CertificateArn: certificate }] });
    await client(ACM).deleteCertificate({ CertificateArn: now });
  },
});
