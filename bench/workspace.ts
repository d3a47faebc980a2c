import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

export const token = 'bench';

/** Writes the specs and the operator's configuration of a run into a folder that holds `staff.csv`. */
export async function writeSpecs(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, 'specs.yaml'), specs);
  await writeFile(path.join(folder, 'rosterd.config.yaml'), config);
}

/** One `rosterd apply` with the store in `data`. */
export function applyCommand(entry: string, folder: string, data: string): readonly string[] {
  const where = ['--specs', folder, '--config', path.join(folder, 'rosterd.config.yaml'), '--data', data];
  return [entry, ...where, 'apply'];
}

const config = `installation: bench
specs: .
data: .rosterd
environment: [SCIM_URL]
secrets:
  allow:
    - { env: SCIM_TOKEN, hosts: [127.0.0.1] }
network:
  private: [127.0.0.1]
  http: true
`;

const specs = `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr }
spec:
  connector: csv
  config:
    file: staff.csv
    id: employee_number
    columns:
      employee_number: { class: internal }
      first_name: {}
      last_name: {}
      email: {}
      department: { class: internal }
      position: { class: internal }
      country: { class: internal }
      status: { class: internal }
      start: { type: date }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: directory }
spec:
  connector: scim
  config: { baseUrl: { env: SCIM_URL } }
  credentials: { token: { env: SCIM_TOKEN } }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: staff }
spec:
  direction: { from: hr, to: directory }
  mode: full
  schedule: { every: 15m }
  who:
    - '!source.email.endsWith("@contractor.example.org")'
  identity: { externalId: source.employee_number }
  match:
    - { userName: source.email }
  attributes:
    userName: lower(source.email)
    emails.work: lower(source.email)
    name.givenName: source.first_name
    name.familyName: source.last_name
    displayName: source.first_name + " " + source.last_name
    title: source.position
    department: source.department
    addresses.work.country: source.country
  status:
    value: source.status
    here: [active]
    left: [left]
  dates: { starts: source.start, timezone: '"Europe/Berlin"' }
`;
