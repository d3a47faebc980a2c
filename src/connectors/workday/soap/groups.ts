const organized = 'Include_Organizations';
const inOrganizations = /\bOrganization_Data\b/;

/** Which flag brings a part of a worker ("Retrieving worker data attributes", Entra's Workday reference). */
const parts: readonly { readonly within: RegExp; readonly flag: string }[] = [
  { within: /\bPersonal_Data\b/, flag: 'Include_Personal_Information' },
  { within: /\bEmployment_Data\b/, flag: 'Include_Employment_Information' },
  { within: inOrganizations, flag: organized },
  { within: /\bManagement_Chain_Data\b/, flag: 'Include_Management_Chain_Data' },
  { within: /\bUser_Account_Data\b/, flag: 'Include_User_Account' },
];

/** Kinds of organisations that come along unless they are excluded, with the type by which a path picks one. */
const organizations: readonly { readonly type: string; readonly flag: string }[] = [
  { type: 'LOCATION_HIERARCHY', flag: 'Exclude_Location_Hierarchies' },
  { type: 'COST_CENTER', flag: 'Exclude_Cost_Centers' },
  { type: 'COST_CENTER_HIERARCHY', flag: 'Exclude_Cost_Center_Hierarchies' },
  { type: 'COMPANY', flag: 'Exclude_Companies' },
  { type: 'COMPANY_HIERARCHY', flag: 'Exclude_Company_Hierarchies' },
  { type: 'MATRIX', flag: 'Exclude_Matrix_Organizations' },
  { type: 'PAY_GROUP', flag: 'Exclude_Pay_Groups' },
  { type: 'REGION', flag: 'Exclude_Regions' },
  { type: 'REGION_HIERARCHY', flag: 'Exclude_Region_Hierarchies' },
  { type: 'SUPERVISORY', flag: 'Exclude_Supervisory_Organizations' },
  { type: 'FUND', flag: 'Exclude_Funds' },
  { type: 'FUND_HIERARCHY', flag: 'Exclude_Fund_Hierarchies' },
  { type: 'GRANT', flag: 'Exclude_Grants' },
  { type: 'GRANT_HIERARCHY', flag: 'Exclude_Grant_Hierarchies' },
  { type: 'BUSINESS_UNIT', flag: 'Exclude_Business_Units' },
  { type: 'BUSINESS_UNIT_HIERARCHY', flag: 'Exclude_Business_Unit_Hierarchies' },
  { type: 'PROGRAMS', flag: 'Exclude_Programs' },
  { type: 'PROGRAM_HIERARCHY', flag: 'Exclude_Program_Hierarchies' },
  { type: 'GIFT', flag: 'Exclude_Gifts' },
  { type: 'GIFT_HIERARCHY', flag: 'Exclude_Gift_Hierarchies' },
];

/**
 * The flags of the Response_Group that these paths need, and no more: what is not asked for does not travel. `besides`
 * are the config's own.
 */
export function groupsFor(paths: readonly string[], besides: readonly string[]): readonly string[] {
  const flags = parts.filter(({ within }) => paths.some((path) => within.test(path))).map(({ flag }) => flag);
  if (!flags.includes(organized)) return [...new Set(['Include_Reference', ...flags, ...besides])];
  const picks = paths.filter((path) => inOrganizations.test(path)).map((path) => typesIn(path));
  const picked = new Set(picks.flat());
  // One that picks by no type means them all.
  const isOpen = picks.some((types) => types.length === 0);
  const excluded = isOpen
    ? []
    : organizations.filter(({ type }) => !picked.has(type)).map(({ flag }) => flag);
  return [
    ...new Set(['Include_Reference', ...flags, ...besides]),
    'Exclude_Organization_Support_Role_Data',
    ...excluded,
  ];
}

function typesIn(path: string): readonly string[] {
  return [...path.matchAll(/=\s*['"]([A-Z_]+)['"]/g)].map(([, type = '']) => type);
}
