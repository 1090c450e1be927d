/** An error that CloudFormation's API answers with. */
export class CloudFormationError extends Error {
  override name = 'CloudFormationError';
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status = 400) {
    super(message);
    this.code = code;
    this.status = status;
  }
}
