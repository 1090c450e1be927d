import type { IncomingHttpHeaders } from 'node:http';

/** How an AWS service words its errors; the SDK maps each of them to the same kind of exception. */
export type Protocol = 'ec2' | 'query' | 's3' | 'json' | 'cbor' | 'rest-xml';

/** One call to AWS as it came over the wire. */
export interface Call {
  method: string;
  /** Path and query, as sent. */
  url: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** What a call is about, read from the wire. */
export interface Operation {
  /** Name that the signature carries, e.g. `ec2`, `elasticloadbalancing`; empty where nothing is signed. */
  service: string;
  region: string;
  /** Name of the API operation, e.g. `DescribeVpcs`; for REST calls that don't say it, `GET /path`. */
  action: string;
  protocol: Protocol;
  /** Form fields of a query-protocol call, else empty. */
  form: Record<string, string>;
}

const restXml = new Set(['cloudfront', 'route53']);
const signature = /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/;

/** Reads service, region, action and protocol from a call; never throws. */
export function operationOf({ method, url, headers, body }: Call): Operation {
  const address = new URL(url, 'http://localhost');
  const signed =
    signature.exec(headers.authorization ?? '') ??
    signature.exec(`Credential=${address.searchParams.get('X-Amz-Credential') ?? ''}`);
  const [, region = '', service = ''] = signed ?? [];

  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    return { service, region, action: target.slice(target.lastIndexOf('.') + 1), protocol: 'json', form: {} };
  }
  const cbor = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(address.pathname);
  if (cbor) return { service, region, action: cbor[1] ?? '', protocol: 'cbor', form: {} };

  const form = headers['content-type']?.startsWith('application/x-www-form-urlencoded')
    ? Object.fromEntries(new URLSearchParams(body.toString()))
    : Object.fromEntries(address.searchParams);
  if (form.Action && form.Version) {
    return { service, region, action: form.Action, protocol: service === 'ec2' ? 'ec2' : 'query', form };
  }
  const action = address.searchParams.get('x-id') ?? `${method} ${address.pathname}`;
  const protocol = service === 's3' ? 's3' : restXml.has(service) ? 'rest-xml' : 'json';
  return { service, region, action, protocol, form: {} };
}

const reading =
  /^(Describe|Get|List|Head|Lookup|Search|Simulate|BatchGet|BatchCheck|Filter|Scan|Query|Validate|Test|Check|Detect|Decode|AssumeRole)/;

/** Whether a call can change something. What isn't known to read counts as changing. */
export function changes({ action, service, protocol }: Operation, method: string): boolean {
  if (service === 'sts') return false;
  if (protocol === 's3' || protocol === 'rest-xml' || action.includes('/'))
    return method !== 'GET' && method !== 'HEAD';
  return !reading.test(action);
}

/** An answer, ready to be written. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Buffer;
}

/** A good answer of a service that speaks JSON. */
export function jsonAnswer(value: unknown): Answer {
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': crypto.randomUUID() },
    body: JSON.stringify(value),
  };
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string) => text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);

/** An AWS error in the words of the call's protocol, such that the SDK's exception has `code` as its name. */
export function errorAnswer(protocol: Protocol, status: number, code: string, message: string): Answer {
  const requestId = crypto.randomUUID();
  const inner = `<Code>${escapeXml(code)}</Code><Message>${escapeXml(message)}</Message>`;
  const xml = (body: string): Answer => ({
    status,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body: `<?xml version="1.0" encoding="UTF-8"?>${body}`,
  });
  switch (protocol) {
    case 'ec2':
      return xml(`<Response><Errors><Error>${inner}</Error></Errors><RequestID>${requestId}</RequestID></Response>`);
    case 's3':
      return xml(`<Error>${inner}<RequestId>${requestId}</RequestId></Error>`);
    case 'query':
    case 'rest-xml':
      return xml(
        `<ErrorResponse><Error><Type>${status < 500 ? 'Sender' : 'Receiver'}</Type>${inner}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`,
      );
    case 'json':
      return {
        status,
        headers: {
          'content-type': 'application/x-amz-json-1.1',
          'x-amzn-requestid': requestId,
          'x-amzn-errortype': code,
        },
        body: JSON.stringify({ __type: code, message, Message: message }),
      };
    case 'cbor':
      return {
        status,
        headers: {
          'content-type': 'application/cbor',
          'smithy-protocol': 'rpc-v2-cbor',
          'x-amzn-requestid': requestId,
        },
        body: cborMap({ __type: code, message }),
      };
  }
}

/** A CBOR map of text to text; that is all an error needs. */
function cborMap(entries: Record<string, string>): Buffer {
  const text = (value: string) => {
    const bytes = Buffer.from(value);
    const head = Buffer.from([0x79, bytes.length >> 8, bytes.length & 0xff]);
    return Buffer.concat([head, bytes]);
  };
  const pairs = Object.entries(entries);
  return Buffer.concat([Buffer.from([0xa0 + pairs.length]), ...pairs.flat().map(text)]);
}
