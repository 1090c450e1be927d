import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { BlogStack } from './blog-stack.ts';

const app = new App();
try {
  new BlogStack(app);
} catch (error) {
  // A wrong parameter or step: the sentence alone, without a stack trace.
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
Validations.of(app).addPlugins(new AwsSolutionsChecks());
