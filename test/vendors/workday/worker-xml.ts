import type { Worker } from './workers.ts';

/**
 * One worker as Get_Workers shows it from v30.0 on: elements as in section 5 and Microsoft's "Workday attribute
 * reference". Parts that were not asked for, values that may not be seen and empty ones are not there.
 */
export function workerXml(worker: Worker, flags: ReadonlySet<string>, granted: ReadonlySet<string>): string {
  const data = [
    leaf('Worker_ID', worker.get('Employee_ID')),
    leaf('User_ID', worker.get('User_Name')),
    leaf('Universal_ID', worker.get('Universal_ID')),
    flags.has('Include_Personal_Information') ? personal(worker) : '',
    flags.has('Include_Employment_Information') ? employment(worker) : '',
    flags.has('Include_Organizations') ? organizations(worker, flags) : '',
    flags.has('Include_Management_Chain_Data') && granted.size > 0 ? chain(worker) : '',
  ];
  return node(
    'Worker',
    (flags.has('Include_Reference') ? reference('Worker_Reference', ids(worker)) : '') +
      node('Worker_Data', data.join('')),
  );
}

function ids(worker: Worker): Readonly<Record<string, string | undefined>> {
  const type = worker.get('Worker_Type') === 'Employee' ? 'Employee_ID' : 'Contingent_Worker_ID';
  return { WID: worker.get('WID'), [type]: worker.get('Employee_ID') };
}

function personal(worker: Worker): string {
  const legal =
    leaf('First_Name', worker.get('First_Name')) +
    leaf('Middle_Name', worker.get('Middle_Name')) +
    leaf('Last_Name', worker.get('Last_Name'));
  const preferred =
    leaf('First_Name', worker.get('Preferred_First_Name')) +
    leaf('Last_Name', worker.get('Preferred_Last_Name'));
  const names =
    node('Legal_Name_Data', node('Name_Detail_Data', legal)) +
    node(
      'Preferred_Name_Data',
      node('Name_Detail_Data', preferred, { Formatted_Name: worker.get('Preferred_Name') }),
    );
  const contact =
    // A second address that is not the primary one: whoever takes the first gets the wrong one.
    mail(worker.has('Work_Email') ? `old.${worker.get('Work_Email') ?? ''}` : undefined, 'WORK', '0') +
    mail(worker.get('Work_Email'), 'WORK', '1') +
    mail(worker.get('Home_Email'), 'HOME', '1') +
    telephone(worker.get('Work_Phone'), 'Landline') +
    telephone(worker.get('Mobile_Phone'), 'Mobile');
  return node(
    'Personal_Data',
    node('Name_Data', names) +
      reference('Gender_Reference', { Gender_Code: worker.get('Gender') }) +
      node('Personal_Information_Data', leaf('Birth_Date', worker.get('Date_of_Birth'))) +
      node('Contact_Data', contact),
  );
}

function usage(type: string, primary: string): string {
  const data = node('Type_Data', reference('Type_Reference', { Communication_Usage_Type_ID: type }), {
    Primary: primary,
  });
  return node('Usage_Data', data, { Public: '1' });
}

function mail(address: string | undefined, type: string, primary: string): string {
  return address === undefined
    ? ''
    : node('Email_Address_Data', leaf('Email_Address', address) + usage(type, primary));
}

function telephone(number: string | undefined, device: string): string {
  if (number === undefined) return '';
  const kind = reference('Phone_Device_Type_Reference', { Phone_Device_Type_ID: device });
  return node('Phone_Data', kind + usage('WORK', '1'), {
    Formatted_Phone: number,
    Workday_Traditional_Formatted_Phone: number,
  });
}

function employment(worker: Worker): string {
  const site =
    reference('Location_Reference', { Location_ID: worker.get('Location_ID') }) +
    leaf('Name', worker.get('Location')) +
    node(
      'Address_Data',
      reference('Country_Reference', { 'ISO_3166-1_Alpha-2_Code': worker.get('Location_Country_Code') }),
    );
  const position =
    leaf('Position_ID', worker.get('Position_ID')) +
    leaf('Position_Title', worker.get('Position_Title')) +
    leaf('Business_Title', worker.get('Business_Title')) +
    leaf('Scheduled_Weekly_Hours', worker.get('Scheduled_Weekly_Hours')) +
    node('Business_Site_Summary_Data', site);
  const status =
    leaf('Active', worker.get('Active_Status')) +
    leaf('Hire_Date', worker.get('Hire_Date')) +
    leaf('Original_Hire_Date', worker.get('Original_Hire_Date')) +
    leaf('End_Employment_Date', worker.get('Contract_End_Date')) +
    leaf('First_Day_of_Work', worker.get('First_Day_of_Work')) +
    leaf('Terminated', worker.get('Terminated')) +
    leaf('Termination_Date', worker.get('Termination_Date')) +
    leaf('Termination_Last_Day_of_Work', worker.get('Last_Day_of_Work')) +
    node('Leave_Status_Data', leaf('On_Leave', worker.get('On_Leave')));
  return node(
    'Employment_Data',
    // A second job, which is not the primary one.
    node('Worker_Job_Data', node('Position_Data', leaf('Position_ID', 'P-SECOND')), { Primary_Job: '0' }) +
      node('Worker_Job_Data', node('Position_Data', position), { Primary_Job: '1' }) +
      node('Worker_Status_Data', status),
  );
}

function organizations(worker: Worker, flags: ReadonlySet<string>): string {
  const kinds = [
    { type: 'SUPERVISORY', field: 'Supervisory_Organization', without: 'Exclude_Supervisory_Organizations' },
    { type: 'COMPANY', field: 'Company', without: 'Exclude_Companies' },
    { type: 'COST_CENTER', field: 'Cost_Center', without: 'Exclude_Cost_Centers' },
  ];
  const shown = kinds
    .filter(({ without, field }) => !flags.has(without) && worker.has(field))
    .map(({ type, field }) =>
      node(
        'Worker_Organization_Data',
        node(
          'Organization_Data',
          leaf('Organization_Reference_ID', worker.get(`${field}_ID`)) +
            leaf('Organization_Name', worker.get(field)) +
            reference('Organization_Type_Reference', { Organization_Type_ID: type.toLowerCase() }),
        ),
      ),
    );
  return node('Organization_Data', shown.join(''));
}

/** From the top down to the direct manager, who comes last. */
function chain(worker: Worker): string {
  const managers = ['10001', worker.get('Manager_ID')].map((id) =>
    node(
      'Management_Chain_Data',
      reference('Manager_Reference', { WID: id === undefined ? undefined : `wid-${id}`, Employee_ID: id }),
    ),
  );
  return worker.has('Manager_ID')
    ? node('Management_Chain_Data', node('Worker_Supervisory_Management_Chain_Data', managers.join('')))
    : '';
}

function reference(name: string, known: Readonly<Record<string, string | undefined>>): string {
  const shown = Object.entries(known).filter(([, id]) => id !== undefined);
  return node(name, shown.map(([type, id]) => node('ID', escaped(id ?? ''), { type })).join(''));
}

function leaf(name: string, text: string | undefined): string {
  return text === undefined ? '' : node(name, escaped(text));
}

function node(
  name: string,
  content: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
): string {
  if (content === '') return '';
  const shown = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` wd:${key}="${escaped(value)}"`],
  );
  return `<wd:${name}${shown.join('')}>${content}</wd:${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
