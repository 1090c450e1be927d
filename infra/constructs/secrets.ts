import { RemovalPolicy, aws_secretsmanager as secretsmanager, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { blueprint, type names } from '../blueprint.ts';

export interface SecretsProps {
  names: ReturnType<typeof names>;
}

/**
 * The environment's one secret. It begins with the database user and a password that nobody ever types;
 * tying it to the database (`secret.attach(cluster)`) adds host, port and database name, and `SUPABASE_URL` is put in afterwards.
 * The template text must not depend on a parameter: any change of it makes CloudFormation generate a new password,
 * which the database would not learn of.
 *
 * @example
 * const { secret } = new Secrets(stack, 'Secrets', { names: names('') })
 */
export class Secrets extends Construct {
  readonly secret: secretsmanager.Secret;

  constructor(scope: Construct, id: string, { names }: SecretsProps) {
    super(scope, id);
    this.secret = new secretsmanager.Secret(this, 'Secret', {
      secretName: names.secret,
      description: 'blog-aws-practice: database credentials and Supabase settings',
      generateSecretString: {
        secretStringTemplate: JSON.stringify({ username: blueprint.database.user }),
        generateStringKey: 'password',
        passwordLength: 32,
        // RDS refuses / @ " and spaces; without any punctuation the password also fits into a URL unescaped.
        excludePunctuation: true,
      },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        '自動ローテーションは Lambda 関数と、タスクの入れ替えが必要になるため、この教材では使いません。手で変える方法はドリルで練習します。',
    });
  }
}
