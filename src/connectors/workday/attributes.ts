import type { AttributeSpec } from '../../model/attribute.ts';
import type { DataClass, ValueType } from '../../model/value.ts';

/**
 * One attribute in both ways: the column of the report that docs/connectors/workday.md describes, and where it stands in a
 * worker of Get_Workers from v30.0 on (paths as Microsoft's "Workday attribute reference" prints them).
 */
export interface Standard {
  readonly name: string;
  readonly type: ValueType;
  readonly class: DataClass;
  /** XML alias of the column. Its words are what Workday's pages call it. */
  readonly column: string;
  /** A path, or words, none of them a number: the first whose path leads to something is the value. */
  readonly path: string | Readonly<Record<string, string>>;
  /** The domain security policy without which Workday leaves it out. */
  readonly domain: string;
}

const people = 'Worker Data: Public Worker Reports';
const staffing = 'Worker Data: Current Staffing Information';
const contact = 'Person Data: Work Contact Information';

const status = 'Worker_Data/Employment_Data/Worker_Status_Data';
const position = 'Worker_Data/Employment_Data/Worker_Job_Data[@Primary_Job=1]/Position_Data';
const site = `${position}/Business_Site_Summary_Data`;
const legalName = 'Worker_Data/Personal_Data/Name_Data/Legal_Name_Data/Name_Detail_Data';
const preferredName = 'Worker_Data/Personal_Data/Name_Data/Preferred_Name_Data/Name_Detail_Data';
const manager =
  'Worker_Data/Management_Chain_Data/Worker_Supervisory_Management_Chain_Data[1]/Management_Chain_Data[last()]/Manager_Reference';

export const standards: readonly Standard[] = [
  of('id', 'text', 'internal', 'Employee_ID', 'Worker_Data/Worker_ID', people),
  of('wid', 'text', 'internal', 'WID', "Worker_Reference/ID[@type='WID']", people),
  of('user_id', 'text', 'personal', 'User_Name', 'Worker_Data/User_ID', 'Workday Accounts'),
  of(
    'worker_type',
    'text',
    'internal',
    'Worker_Type',
    {
      Employee: "Worker_Reference/ID[@type='Employee_ID']",
      'Contingent Worker': "Worker_Reference/ID[@type='Contingent_Worker_ID']",
    },
    people,
  ),
  of('first_name', 'text', 'personal', 'First_Name', `${legalName}/First_Name`, people),
  of('middle_name', 'text', 'personal', 'Middle_Name', `${legalName}/Middle_Name`, people),
  of('last_name', 'text', 'personal', 'Last_Name', `${legalName}/Last_Name`, people),
  of('preferred_name', 'text', 'personal', 'Preferred_Name', `${preferredName}/@Formatted_Name`, people),
  of(
    'preferred_first_name',
    'text',
    'personal',
    'Preferred_First_Name',
    `${preferredName}/First_Name`,
    people,
  ),
  of('preferred_last_name', 'text', 'personal', 'Preferred_Last_Name', `${preferredName}/Last_Name`, people),
  of('email', 'text', 'personal', 'Work_Email', email('WORK'), 'Person Data: Work Email'),
  of('personal_email', 'text', 'personal', 'Home_Email', email('HOME'), 'Person Data: Home Email'),
  of('work_phone', 'text', 'personal', 'Work_Phone', phone('Landline'), contact),
  of('mobile_phone', 'text', 'personal', 'Mobile_Phone', phone('Mobile'), contact),
  of('active', 'bool', 'internal', 'Active_Status', `${status}/Active`, staffing),
  of('terminated', 'bool', 'internal', 'Terminated', `${status}/Terminated`, staffing),
  of(
    'on_leave',
    'bool',
    'personal',
    'On_Leave',
    { true: `${status}/Leave_Status_Data[On_Leave='1']`, false: status },
    staffing,
  ),
  of('hire_date', 'date', 'personal', 'Hire_Date', `${status}/Hire_Date`, staffing),
  of(
    'original_hire_date',
    'date',
    'personal',
    'Original_Hire_Date',
    `${status}/Original_Hire_Date`,
    staffing,
  ),
  of('first_day_of_work', 'date', 'personal', 'First_Day_of_Work', `${status}/First_Day_of_Work`, staffing),
  of('contract_end_date', 'date', 'personal', 'Contract_End_Date', `${status}/End_Employment_Date`, staffing),
  of('termination_date', 'date', 'personal', 'Termination_Date', `${status}/Termination_Date`, staffing),
  of(
    'last_day_of_work',
    'date',
    'personal',
    'Last_Day_of_Work',
    `${status}/Termination_Last_Day_of_Work`,
    staffing,
  ),
  of(
    'business_title',
    'text',
    'internal',
    'Business_Title',
    `${position}/Business_Title`,
    'Worker Data: Business Title on Worker Profile',
  ),
  of(
    'position.id',
    'text',
    'internal',
    'Position_ID',
    `${position}/Position_ID`,
    'Worker Data: All Positions',
  ),
  of(
    'position.title',
    'text',
    'internal',
    'Position_Title',
    `${position}/Position_Title`,
    'Worker Data: All Positions',
  ),
  of(
    'weekly_hours',
    'decimal',
    'personal',
    'Scheduled_Weekly_Hours',
    `${position}/Scheduled_Weekly_Hours`,
    staffing,
  ),
  ...organization('supervisory_organization', 'Supervisory_Organization', 'SUPERVISORY'),
  ...organization('company', 'Company', 'COMPANY'),
  ...organization('cost_center', 'Cost_Center', 'COST_CENTER'),
  of(
    'location.id',
    'text',
    'internal',
    'Location_ID',
    `${site}/Location_Reference/ID[@type='Location_ID']`,
    staffing,
  ),
  of('location.name', 'text', 'internal', 'Location', `${site}/Name`, staffing),
  of(
    'location.country',
    'text',
    'internal',
    'Location_Country_Code',
    `${site}/Address_Data/Country_Reference/ID[@type='ISO_3166-1_Alpha-2_Code']`,
    staffing,
  ),
  of(
    'manager.id',
    'text',
    'internal',
    'Manager_ID',
    `${manager}/ID[@type='Employee_ID'] | ${manager}/ID[@type='Contingent_Worker_ID']`,
    people,
  ),
  of(
    'date_of_birth',
    'date',
    'sensitive',
    'Date_of_Birth',
    'Worker_Data/Personal_Data/Personal_Information_Data/Birth_Date | Worker_Data/Personal_Data/Birth_Date',
    'Person Data: Date of Birth',
  ),
  of(
    'gender',
    'text',
    'sensitive',
    'Gender',
    "Worker_Data/Personal_Data/Gender_Reference/ID[@type='Gender_Code']",
    'Person Data: Gender',
  ),
];

/** Without these hardly any sync works, so a probe asks for them. */
export const usuallyNeeded = ['first_name', 'last_name', 'email', 'active', 'hire_date'];

/** Saved attributes that were found in this tenant: somebody had a value when they were. */
export function ownOf(saved: readonly AttributeSpec[] = []): readonly string[] {
  return saved.map(({ name }) => name).filter((name) => name.startsWith('custom.'));
}

/** What is published of one; `key` is what the way in use calls it. */
export function specOf({ name, type, class: dataClass, column }: Standard, key: string): AttributeSpec {
  const spec: AttributeSpec = {
    name,
    type,
    class: dataClass,
    label: column.replaceAll('_', ' '),
    key,
    optional: true,
  };
  return name === 'id' ? { ...spec, optional: false } : spec;
}

function of(
  name: string,
  type: ValueType,
  dataClass: DataClass,
  column: string,
  path: Standard['path'],
  domain: string,
): Standard {
  return { name, type, class: dataClass, column, path, domain };
}

function organization(name: string, column: string, type: string): readonly Standard[] {
  const organizations = `Worker_Data/Organization_Data/Worker_Organization_Data/Organization_Data`;
  const one = `${organizations}[Organization_Type_Reference/ID[@type='Organization_Type_ID']='${type}']`;
  const domain = 'Worker Data: Organization Information';
  return [
    of(`${name}.id`, 'text', 'internal', `${column}_ID`, `${one}/Organization_Reference_ID`, domain),
    of(`${name}.name`, 'text', 'internal', column, `${one}/Organization_Name`, domain),
  ];
}

function email(usage: string): string {
  return `Worker_Data/Personal_Data/Contact_Data/Email_Address_Data[${usedFor(usage)}]/Email_Address`;
}

function phone(device: string): string {
  const byDevice = `Phone_Device_Type_Reference/ID[@type='Phone_Device_Type_ID']='${device}'`;
  const one = `Worker_Data/Personal_Data/Contact_Data/Phone_Data[${usedFor('WORK')}][${byDevice}]`;
  return `${one}/@Workday_Traditional_Formatted_Phone | ${one}/@Formatted_Phone`;
}

/** The primary address or number of this usage. */
function usedFor(usage: string): string {
  return `Usage_Data/Type_Data[@Primary='1']/Type_Reference/ID[@type='Communication_Usage_Type_ID']='${usage}'`;
}
