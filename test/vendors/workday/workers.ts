import { createHash } from 'node:crypto';
import type { Person } from '../../people/people.ts';

/** One worker: values by the report field that shows them, everything as text. What is empty is not there. */
export type Worker = Map<string, string>;

/** Fields of the invented tenant, each with the domain that its security group must have. */
export const fields: Readonly<Record<string, string>> = {
  ...inDomain('Worker Data: Public Worker Reports', [
    'Employee_ID',
    'WID',
    'Worker_Type',
    'First_Name',
    'Middle_Name',
    'Last_Name',
    'Preferred_Name',
    'Preferred_First_Name',
    'Preferred_Last_Name',
    'Manager_ID',
    'Row_Count',
  ]),
  ...inDomain('Workday Accounts', ['User_Name']),
  ...inDomain('Person Data: Work Email', ['Work_Email']),
  ...inDomain('Person Data: Home Email', ['Home_Email']),
  ...inDomain('Person Data: Work Contact Information', ['Work_Phone', 'Mobile_Phone']),
  ...inDomain('Worker Data: Current Staffing Information', [
    'Active_Status',
    'Terminated',
    'On_Leave',
    'Hire_Date',
    'Original_Hire_Date',
    'First_Day_of_Work',
    'Contract_End_Date',
    'Termination_Date',
    'Last_Day_of_Work',
    'Scheduled_Weekly_Hours',
    'Location_ID',
    'Location',
    'Location_Country_Code',
  ]),
  ...inDomain('Worker Data: Business Title on Worker Profile', ['Business_Title']),
  ...inDomain('Worker Data: All Positions', ['Position_ID', 'Position_Title']),
  ...inDomain('Worker Data: Organization Information', [
    'Supervisory_Organization_ID',
    'Supervisory_Organization',
    'Company_ID',
    'Company',
    'Cost_Center_ID',
    'Cost_Center',
  ]),
  ...inDomain('Person Data: Date of Birth', ['Date_of_Birth']),
  ...inDomain('Person Data: Gender', ['Gender']),
  ...inDomain('Worker Data: Universal ID', ['Universal_ID']),
  ...inDomain('Worker Data: Shirts', ['Shirt_Size', 'Skills']),
};

export const domains: ReadonlySet<string> = new Set(Object.values(fields));

/** What the tenant knows of somebody, the status as of no day: that is computed when it is asked for. */
export function workerOf(person: Person): Worker {
  const isContingent = person.number % 11 === 0;
  const boss = person.supervisor;
  const known = {
    Employee_ID: idOf(person.number),
    WID: createHash('sha256')
      .update(`worker ${String(person.number)}`)
      .digest('hex')
      .slice(0, 32),
    Worker_Type: isContingent ? 'Contingent Worker' : 'Employee',
    First_Name: person.firstName,
    Last_Name: person.lastName,
    Preferred_Name: `${person.firstName} ${person.lastName}`,
    Preferred_First_Name: person.firstName,
    Preferred_Last_Name: person.lastName,
    User_Name: `user${String(person.number)}`,
    Work_Email: person.email,
    Hire_Date: person.hireDate,
    Original_Hire_Date: person.hireDate,
    Termination_Date: person.lastDay ?? '',
    Last_Day_of_Work: person.lastDay ?? '',
    On_Leave: person.status === 'leave' ? '1' : '0',
    Business_Title: person.position,
    Position_ID: `P-${String(person.number).padStart(5, '0')}`,
    Position_Title: person.position,
    Scheduled_Weekly_Hours: String(person.weeklyHours),
    Supervisory_Organization_ID: `SUP_${person.team.replaceAll(/\W/g, '_')}`,
    Supervisory_Organization: person.team,
    Company_ID: 'COMPANY_1',
    Company: 'Acme Example & Partners GmbH',
    Cost_Center_ID: `CC_${person.department.replaceAll(/\W/g, '_')}`,
    Cost_Center: person.department,
    Location_ID: `LOC_${person.office.replaceAll(/\W/g, '_')}`,
    Location: person.office,
    Location_Country_Code: person.country,
    Manager_ID: boss === undefined ? '' : idOf(boss),
    Date_of_Birth: '1990-04-01',
    Gender: person.number % 2 === 0 ? 'Female' : 'Male',
    Universal_ID: `U${String(person.number)}`,
    Shirt_Size: 'M',
  };
  return new Map(Object.entries(known).filter(([, value]) => value !== ''));
}

export function idOf(number: number): string {
  return String(10_000 + number);
}

/** The worker as of a day: status follows from the dates, as Workday has it (section 8). Dates are ISO days. */
export function asOf(worker: Worker, day: string): Worker {
  const begun = (worker.get('Hire_Date') ?? '') <= day;
  const left = (worker.get('Termination_Date') ?? '9999') <= day;
  const shown = new Map(worker)
    .set('Active_Status', begun && !left ? '1' : '0')
    .set('Terminated', left ? '1' : '0');
  // Our model: what a hire to come will be is there from the first day on.
  if (!begun) for (const name of ofPosition) shown.delete(name);
  return shown;
}

const ofPosition = [
  'Business_Title',
  'Position_ID',
  'Position_Title',
  'Scheduled_Weekly_Hours',
  'Supervisory_Organization_ID',
  'Supervisory_Organization',
  'Company_ID',
  'Company',
  'Cost_Center_ID',
  'Cost_Center',
  'Location_ID',
  'Location',
  'Location_Country_Code',
  'Manager_ID',
];

/** What an account with these domains sees: the rest is missing without a word (section 2). */
export function visible(worker: Worker, granted: ReadonlySet<string>): Worker {
  return new Map([...worker].filter(([name]) => granted.has(fields[name] ?? '')));
}

function inDomain(domain: string, names: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(names.map((name) => [name, domain]));
}
