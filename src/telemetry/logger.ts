import { pino, stdTimeFunctions, type DestinationStream, type Logger } from 'pino';

export interface LoggerOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error' | 'silent';
  /** Where lines go; standard output when left out. */
  readonly destination?: DestinationStream;
}

/**
 * A logger of JSON lines with the time as ISO instant. Fields that are named like a credential print as `***` at the
 * top and one level down: a net below, not a licence to log one.
 */
export function createLogger(options: LoggerOptions): Logger {
  const settings = {
    level: options.level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: credentialNames.flatMap((name) => [name, `*.${name}`]), censor: '***' },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}

const credentialNames = [
  'password',
  'token',
  'secret',
  'authorization',
  'Authorization',
  'clientSecret',
  'cookie',
];
