import type { VendorAnswer } from '../loopback.ts';
import type { Tenant } from './tenant.ts';

const covered =
  `id downstream_id first_name last_name middle_name display_name title employee_number department_id
  department_name team company_name employment_start_date employment_end_date employment_status employment_role manager
  jobs addresses phone_numbers emails timezone custom_fields custom_mappings deleted created_at updated_at`.split(
    /\s+/,
  );

/** `GET /connector/connectors/{id}/resources/employees`: what this connector has of the unified model. */
export function coverage({ behaviour }: Tenant): VendorAnswer {
  const fields = covered.filter((name) => !behaviour.unsupported.has(name));
  const data = {
    id: 'employees',
    name: 'Employees',
    status: 'live',
    pagination_supported: behaviour.pages,
    supported_filters: [...behaviour.filters],
    supported_fields: propertiesOf(fields),
    supported_list_fields: propertiesOf(fields.filter((name) => !behaviour.onlySingle.has(name))),
  };
  return { status: 200, body: { status_code: 200, status: 'OK', data } };
}

function propertiesOf(names: readonly string[]) {
  return names.map((name) => ({ unified_property: name }));
}
