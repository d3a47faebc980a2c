import { Stalled, Waiting, type SyncError } from '../../../model/error.ts';
import { vendorWords } from '../../vendor-words.ts';
import type { Fault } from './response.ts';

/** What gives the account what Get_Workers shows. */
export const grants =
  'in Workday give the security group of this account Get access to the domain "Worker Data: Public Worker Reports" and ' +
  'to those of the attributes in use, and run Activate Pending Security Policy Changes';

/**
 * What a fault means. Faults of the client are final (SOAP 1.1 section 4.4.1); codes and texts as clients of Workday report
 * them, since Workday lists none in public. `undefined` for one that may pass by itself.
 */
export function fateOfFault({ code, text }: Fault, connection: string): SyncError | undefined {
  const stalled = (reason: string, what: string) =>
    new Stalled(reason, `connection ${connection}: ${what}`, { connection });
  if (/authenticationError$/i.test(code) || /invalid username or password/i.test(text)) {
    return stalled(
      'AuthenticationFailed',
      'Workday refused the user name or password; check the credentials (the user is NAME@TENANT), and that the authentication policy allows it user name and password',
    );
  }
  if (/not authorized|permission/i.test(text)) {
    return stalled('PermissionDenied', `the account may not use Get_Workers; ${grants}`);
  }
  if (!/^Client\b/i.test(code)) return undefined;
  const words = vendorWords(text);
  const said = words === '' ? '' : ` (Workday: ${words})`;
  return stalled(
    'RequestRefused',
    `Workday refused Get_Workers${said}; check config.version and config.responseGroup`,
  );
}

/** A fault of the server that came again. */
export function stillFailing({ text }: Fault, connection: string): Waiting {
  const words = vendorWords(text);
  const said = words === '' ? '' : ` (Workday: ${words})`;
  const message = `connection ${connection}: Get_Workers failed in Workday${said}; it is tried again later`;
  return new Waiting('Unavailable', message, { connection });
}
