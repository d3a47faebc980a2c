/** One kind of thing that v2 serves, and what reading it takes. */
export interface Resource {
  readonly path: string;
  /** In words, for messages. */
  readonly what: string;
  /**
   * Scope of the token, as Personio's pages name it; `undefined` where none does. That of employments is uncertain: the
   * page of tokens writes it in the singular.
   */
  readonly scope: string | undefined;
  /** Most that a page holds. */
  readonly pageSize: number;
  /** Lists that are served to who asks with the header `Beta: true`, and not to every company. */
  readonly isBeta?: true;
}

export const persons: Resource = {
  path: '/v2/persons',
  what: 'persons',
  scope: 'personio:persons:read',
  pageSize: 50,
};

export function employmentsOf(person: string): Resource {
  return {
    path: `/v2/persons/${encodeURIComponent(person)}/employments`,
    what: 'employments',
    scope: 'personio:employments:read',
    pageSize: 50,
  };
}

/** A single one is open to every company ("GET Org Unit API - GA"). */
export const orgUnits: Resource = {
  path: '/v2/org-units',
  what: 'departments and teams',
  scope: 'personio:org-units:read',
  pageSize: 100,
  isBeta: true,
};

export const legalEntities: Resource = {
  path: '/v2/legal-entities',
  what: 'legal entities',
  scope: 'personio:legal-entities:read',
  pageSize: 100,
};

export const workplaces: Resource = {
  path: '/v2/workplaces',
  what: 'workplaces',
  scope: undefined,
  pageSize: 100,
  isBeta: true,
};

export const costCenters: Resource = {
  path: '/v2/cost-centers',
  what: 'cost centers',
  scope: undefined,
  pageSize: 100,
  isBeta: true,
};
