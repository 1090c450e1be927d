import type { Response } from 'express';

/** Answers a request that never reaches GraphQL in the form of a GraphQL error, so that clients read only one form. */
export function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).json({ errors: [{ message, extensions: { code } }] });
}
