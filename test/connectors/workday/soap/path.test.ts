import { describe, expect, test } from 'vitest';
import { isPath, leadsSomewhere, parsePath, textsAt } from '../../../../src/connectors/workday/soap/path.ts';
import { groupsFor } from '../../../../src/connectors/workday/soap/groups.ts';
import { standards } from '../../../../src/connectors/workday/attributes.ts';
import { firstOf, parseXml } from '../../../../src/connectors/xml.ts';

const worker =
  firstOf(
    parseXml(`<wd:Worker xmlns:wd="urn:com.workday/bsvc">
      <wd:Worker_Reference><wd:ID wd:type="WID">3aa5</wd:ID><wd:ID wd:type="Employee_ID">10013</wd:ID></wd:Worker_Reference>
      <wd:Mail wd:Primary="0"><wd:Use>HOME</wd:Use><wd:Address>home@example.org</wd:Address></wd:Mail>
      <wd:Mail wd:Primary="0"><wd:Use>Work</wd:Use><wd:Address>old@example.org</wd:Address></wd:Mail>
      <wd:Mail wd:Primary="1"><wd:Use>Work</wd:Use><wd:Address>ines@example.org</wd:Address></wd:Mail>
      <wd:Empty/><wd:Phone wd:Formatted=""/><wd:Phone wd:Formatted="+49 1"/>
    </wd:Worker>`),
    'Worker',
  ) ?? '';

test.each([
  { path: "Worker_Reference/ID[@type='Employee_ID']", texts: ['10013'] },
  { path: 'wd:Worker/wd:Worker_Reference/wd:ID[@wd:type="WID"]/text()', texts: ['3aa5'] },
  { path: 'Worker_Reference/ID', texts: ['3aa5', '10013'] },
  { path: 'Worker_Reference/ID[1]', texts: ['3aa5'] },
  { path: 'Worker_Reference/ID[position()=2]', texts: ['10013'] },
  { path: 'Mail[last()]/Address', texts: ['ines@example.org'] },
  { path: 'Mail[last()=position()]/Address', texts: ['ines@example.org'] },
  { path: "Mail[Use='WORK']/Address", texts: ['old@example.org', 'ines@example.org'] },
  { path: "Mail[Use='WORK'][@Primary=1]/Address", texts: ['ines@example.org'] },
  { path: "Mail[Use='WORK'][1]/Address", texts: ['old@example.org'] },
  { path: 'Mail[@Primary]/Use', texts: ['HOME', 'Work', 'Work'] },
  { path: 'Phone/@Formatted', texts: ['+49 1'] },
  { path: "Nothing | Worker_Reference/ID[@type='WID'] | Worker_Reference/ID", texts: ['3aa5'] },
  { path: 'Empty | Mail[1]/Use', texts: ['HOME'] },
  { path: 'Mail[9]/Use', texts: [] },
  { path: 'constructor/name', texts: [] },
])('$path leads to $texts', ({ path, texts }) => {
  expect(textsAt(worker, parsePath(path))).toEqual(texts);
});

test.each([
  { path: 'Empty', leads: true },
  { path: 'Phone/@Formatted', leads: true },
  { path: 'Phone/@Other', leads: false },
  { path: 'Nothing', leads: false },
])('whether $path leads to anything is $leads', ({ path, leads }) => {
  expect(leadsSomewhere(worker, parsePath(path))).toBe(leads);
});

test.each([
  '',
  '/Worker',
  'Mail/',
  'Mail//Address',
  'Mail[',
  'Mail[]',
  "Mail[Use='WORK'",
  "Mail[Use='WORK]",
  'Mail[0]',
  "Mail[contains(Use,'W')]/Address",
  "Mail[Use='a' and Use='b']",
  '@Primary/Use',
  'Mail Address',
  'Mail|',
  '../Mail',
  '*',
])('%j is no path that can be read', (path) => {
  expect(isPath(path)).toBe(false);
});

describe('only what is wanted is asked for', () => {
  test.each([
    { name: 'ids alone', paths: pathsOf('id', 'wid', 'user_id'), flags: ['Include_Reference'] },
    {
      name: 'a name and a status',
      paths: pathsOf('email', 'hire_date'),
      flags: ['Include_Reference', 'Include_Personal_Information', 'Include_Employment_Information'],
    },
    {
      name: 'a manager',
      paths: pathsOf('manager.id'),
      flags: ['Include_Reference', 'Include_Management_Chain_Data'],
    },
  ])('$name', ({ paths, flags }) => {
    expect(groupsFor(paths, [])).toEqual(flags);
  });

  test('of the organisations all kinds that no path picks are left out', () => {
    const flags = groupsFor(pathsOf('company.name'), ['Include_Skills']);
    expect(flags).toEqual(
      expect.arrayContaining(['Include_Organizations', 'Include_Skills', 'Exclude_Cost_Centers']),
    );
    expect(flags).not.toContain('Exclude_Companies');
    const all = groupsFor(
      ['Worker_Data/Organization_Data/Worker_Organization_Data/Organization_Data/Organization_Name'],
      [],
    );
    expect(all.filter((flag) => flag.startsWith('Exclude_'))).toEqual([
      'Exclude_Organization_Support_Role_Data',
    ]);
  });
});

function pathsOf(...names: readonly string[]): readonly string[] {
  return standards
    .filter(({ name }) => names.includes(name))
    .flatMap(({ path }) => (typeof path === 'string' ? [path] : Object.values(path)));
}
