import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { test } from 'vitest';
import { names } from '../blueprint.ts';
import { Secrets } from './secrets.ts';

test('one secret with a user and a generated password that fits into a URL', () => {
  const stack = new Stack(new App(), 'Test');
  new Secrets(stack, 'Secrets', { names: names('') });
  const template = Template.fromStack(stack);
  template.resourceCountIs('AWS::SecretsManager::Secret', 1);
  template.hasResourceProperties('AWS::SecretsManager::Secret', {
    Name: 'blog-aws-practice-secret',
    GenerateSecretString: {
      SecretStringTemplate: '{"username":"bloguser"}',
      GenerateStringKey: 'password',
      ExcludePunctuation: true,
    },
  });
});
