import { escapeXml } from '../../xml.ts';
import type { SoapConfig } from '../schema.ts';

/** Who is asked for, and as of when: the same moments for all pages of one reading, or pages shift. */
export interface Asked {
  readonly who:
    | { readonly page: number }
    /** Ids of one or more kinds; who is not there is left out. */
    | { readonly references: readonly { readonly kind: IdKind; readonly id: string }[] };
  /** `YYYY-MM-DD`. */
  readonly effective: string;
  /** Instant (ISO): what was entered later is not seen. */
  readonly entered: string;
  readonly groups: readonly string[];
}

export type IdKind = 'WID' | 'Employee_ID' | 'Contingent_Worker_ID';

export interface Login {
  readonly username: string;
  readonly password: string;
}

const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const passwordText =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText';

/** The whole envelope of Get_Workers, in SOAP 1.1, with a UsernameToken (WS-Security 1.0). Holds the password. */
export function envelopeOf(asked: Asked, config: SoapConfig, login: Login): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/" xmlns:wd="urn:com.workday/bsvc"><env:Header>` +
    `<wsse:Security xmlns:wsse="${security}" env:mustUnderstand="1"><wsse:UsernameToken>` +
    `<wsse:Username>${escapeXml(login.username)}</wsse:Username>` +
    `<wsse:Password Type="${passwordText}">${escapeXml(login.password)}</wsse:Password>` +
    '</wsse:UsernameToken></wsse:Security></env:Header><env:Body>' +
    `<wd:Get_Workers_Request wd:version="${config.version}">` +
    whoOf(asked, config) +
    element('Response_Filter', filterOf(asked, config)) +
    element('Response_Group', asked.groups.map((flag) => element(flag, 'true')).join('')) +
    '</wd:Get_Workers_Request></env:Body></env:Envelope>'
  );
}

function whoOf({ who }: Asked, config: SoapConfig): string {
  if ('page' in who) return element('Request_Criteria', criteriaOf(config));
  const references = who.references.map(({ kind, id }) => {
    return element('Worker_Reference', `<wd:ID wd:type="${kind}">${escapeXml(id)}</wd:ID>`);
  });
  // Without it one id that is not there is an error for all.
  return `<wd:Request_References wd:Skip_Non_Existing_Instances="true">${references.join('')}</wd:Request_References>`;
}

/** Everybody who was ever hired or contracted, hires to come included ("Full sync", Entra's Workday reference). */
function criteriaOf({ futureHires, exclude }: SoapConfig): string {
  const types = ['Hire Employee', 'Contract Contingent Worker'].map((type) =>
    element('Transaction_Type_Reference', `<wd:ID wd:type="Business_Process_Type">${type}</wd:ID>`),
  );
  const hires = element(
    'Transaction_Log_Criteria_Data',
    element('Transaction_Type_References', types.join('')),
  );
  return (
    (futureHires ? hires : '') +
    element('Exclude_Employees', String(exclude.includes('employees'))) +
    element('Exclude_Contingent_Workers', String(exclude.includes('contingent-workers'))) +
    element('Exclude_Inactive_Workers', String(exclude.includes('inactive')))
  );
}

function filterOf({ who, effective, entered }: Asked, { pageSize }: SoapConfig): string {
  const count = 'page' in who ? pageSize : Math.max(1, who.references.length);
  return (
    element('As_Of_Effective_Date', effective) +
    element('As_Of_Entry_DateTime', entered) +
    element('Page', String('page' in who ? who.page : 1)) +
    element('Count', String(count))
  );
}

function element(name: string, content: string): string {
  return `<wd:${name}>${content}</wd:${name}>`;
}
