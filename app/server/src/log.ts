import pino, { type DestinationStream, type Logger } from 'pino';

export type { Logger };

/**
 * Logs as JSON, one line each, on standard output. What could carry a secret is never handed to it; the redaction is
 * a second line of defence.
 */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: ['authorization', 'cookie', 'password', 'token', '*.authorization', '*.cookie', '*.password', '*.token'],
  };
  return destination ? pino(options, destination) : pino(options);
}
