import type { Json } from '../../../src/model/value.ts';

export type Employee = Readonly<Record<string, Json>>;

/** In what the HR system behind Apideck differs: the switchboard of the stand-in, from the notes of the HRIS document. */
export interface Behaviour {
  /** Whether `meta.total_count` is given. */
  total: boolean;
  /** The largest page; a larger `limit` is lowered without a word (our model). */
  largestPage: number;
  /** Whom the plain list leaves out unless asked by filter (Sage HR) or by a passed parameter (Rippling). */
  leavers: 'listed' | 'by-filter' | 'by-pass-through';
  /** Fields that only the single record has. */
  readonly onlySingle: Set<string>;
  /** Fields that are null for everybody. */
  readonly unsupported: Set<string>;
  readonly filters: Set<string>;
  /** Whether the list takes `limit` and `cursor`. */
  pages: boolean;
  /** Steps that fail without failing the request, as `meta.warnings` names them. */
  readonly failing: Map<string, string>;
  /** Requests left in the HR system's window, told in headers; `undefined` where it tells none. */
  quota: { left: number; readonly resetAt: number } | undefined;
}

/** One consumer's connection to one HR system, and the people in it. */
export class Tenant {
  readonly employees = new Map<string, Employee>();
  readonly departments = new Map<string, string>();
  readonly companies = new Map<string, string>();
  /** What `GET /vault/connections/hris/{service_id}` tells; a session that is finished makes it callable. */
  readonly connection: Record<string, Json>;
  readonly mappings: { readonly key: string; readonly label: string }[] = [];
  /** Custom fields that the Vault names besides those of the first employee. */
  readonly customFields: { readonly id: string; readonly name: string | null }[] = [];
  readonly behaviour: Behaviour = {
    total: true,
    largestPage: 200,
    leavers: 'listed',
    onlySingle: new Set(),
    unsupported: new Set(),
    filters: new Set(['email', 'employee_number', 'employment_status', 'department_id']),
    pages: true,
    failing: new Map(),
    quota: undefined,
  };

  constructor(serviceId: string) {
    this.connection = {
      id: `hris+${serviceId}`,
      service_id: serviceId,
      name: serviceId,
      unified_api: 'hris',
      state: 'callable',
      integration_state: 'configured',
      auth_type: 'apiKey',
      status: 'live',
      enabled: true,
      // As in life: what stands here must never come up anywhere.
      settings: { api_key: 'kanarie-of-the-hr-system' },
      metadata: { company_id: 'acme' },
      consent_state: 'implicit',
      health: 'ok',
      created_at: 1_760_000_000_000,
      updated_at: 1_760_000_000_000,
    };
  }

  hire(employee: Employee): void {
    const { id } = employee;
    this.employees.set(typeof id === 'string' ? id : `without-${this.employees.size}`, employee);
  }

  /** Changes some fields of an employee, at that moment. */
  edit(id: string, changed: Employee, at = '2026-11-20T08:30:00.000Z'): void {
    const employee = this.employees.get(id);
    if (employee === undefined) throw new Error(`nobody has the id ${id}`);
    this.employees.set(id, { ...employee, ...changed, updated_at: at });
  }
}
