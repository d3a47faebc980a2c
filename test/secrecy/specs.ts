/** Secrets, each found wherever it turns up. The key that seals is its bytes in hex. */
export const secrets = {
  SCIM_TOKEN: 'canary-token-of-scim',
  API_TOKEN: 'canary-token-of-the-api-00000000',
  SEALING_KEY: 'ca9a41'.repeat(10) + 'ca9a',
} as const;

export const config = (mailPort: number) => `installation: secrecy
specs: specs
data: data
listen: 127.0.0.1:0
environment: [SCIM_URL]
sealing: { keyId: k1, key: { env: SEALING_KEY } }
smtp: { host: 127.0.0.1, port: ${mailPort}, from: rosterd@example.com, tls: off }
tokens:
  - { name: watcher, role: viewer, token: { env: API_TOKEN } }
files: { folders: [{ env: LISTS }] }
network: { private: [127.0.0.1], http: true }
secrets:
  allow:
    - { env: SCIM_TOKEN, hosts: [127.0.0.1] }
    - { env: API_TOKEN, hosts: [rosterd] }
    - { env: SEALING_KEY, hosts: [rosterd] }
`;

/** `salary` is read by no mapping, `diagnosis` is not even declared. */
export const specs = `apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: hr }
spec:
  connector: csv
  config:
    file: { env: LISTS, path: staff.csv }
    id: id
    columns:
      id: { class: internal }
      first: {}
      email: {}
      ssn: { class: sensitive }
      salary: { class: sensitive }
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
  schedule: { manual: { onActivation: true } }
  identity: { externalId: source.id }
  match: [{ userName: source.email }]
  attributes:
    userName: source.email
    name.givenName: source.first
    title: source.ssn
  status: { value: source.status, here: [active], left: [left] }
  dates: { starts: source.start, timezone: '"Europe/Berlin"' }
  limits:
    rename: { fraction: 0, floor: 0 }
  notify:
    - mail: { to: [ops@example.com] }
      events: [summary, failure, held, drift]
    - log: {}
      events: [summary, failure, held, drift]
`;
