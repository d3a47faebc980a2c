/** Where everything of the demo listens. */
export interface Addresses {
  readonly personio: string;
  readonly talentlms: string;
  /** The bare repository on disk. */
  readonly repository: string;
  readonly smtpPort: number;
}

export const credentials = {
  clientId: 'demo-client',
  clientSecret: 'demo-client-secret',
  apiKey: 'demo-api-key',
} as const;

export const syncName = 'staff-to-lms';
export const specsFile = 'rosterd.yaml';

/** Lines of the mapping that the story changes, and what they become. */
export const edits = {
  /** One position gets another title: a change for those who hold it. */
  title: {
    before: 'custom.job_title: source.position',
    after: `custom.job_title: 'source.position == "Engineer" ? "Software Engineer" : source.position'`,
  },
  /** A prefix is cut off that no office has, so that nothing is left of any. */
  office: {
    before: 'custom.office: { value: source.office.name, onNull: clear }',
    after: `custom.office: { value: 'after(source.office.name, "Office ")', onNull: clear }`,
  },
} as const;

/** The specs as they are when the demo begins. */
export function specsText({ personio, talentlms }: Addresses): string {
  return `# What feeds what. Edit, commit and push: rosterd follows this repository.
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: personio, owner: people-ops }
spec:
  connector: personio
  config: { baseUrl: "${personio}" }
  credentials:
    clientId: { file: personio-client-id }
    clientSecret: { file: personio-client-secret }
---
apiVersion: rosterd.dev/v1
kind: Connection
metadata: { name: talentlms, owner: learning }
spec:
  connector: talentlms
  config: { baseUrl: "${talentlms}" }
  credentials:
    apiKey: { file: talentlms-api-key }
---
apiVersion: rosterd.dev/v1
kind: Sync
metadata: { name: ${syncName}, owner: people-ops }
spec:
  direction: { from: personio, to: talentlms }
  mode: full
  schedule: { every: 15m }
  who:
    # External staff have these addresses, and a learning platform of their own.
    - '!source.email.endsWith("@example.org")'
  identity: { custom.hris_id: text(source.id) }
  match:
    - { email: source.email }
  attributes:
    first_name: source.first_name
    last_name: source.last_name
    email: lower(source.email)
    login: { value: lower(source.email), policy: seed }
    password: { generate: secret }
    custom.department: source.department.name
    ${edits.title.before}
    ${edits.office.before}
    custom.manager: { person: source.supervisor.id }
  status:
    value: source.status
    here: [active, onboarding]
    away: [leave]
    left: [inactive]
  dates: { starts: source.hire_date, lastDay: source.termination_date, timezone: '"Europe/Berlin"' }
  limits:
    # A value that changed is soon put right; one that was emptied is not: clear keeps its 2 %.
    update: { floor: 500 }
  notify:
    - mail: { to: [people-ops@example.com] }
      events: [summary, failure, held, drift]
`;
}

/** The operator's part, outside of the repository: which secret may go where, and which networks may be reached. */
export function configText({ personio, talentlms, repository, smtpPort }: Addresses): string {
  const [hr, lms] = [new URL(personio).host, new URL(talentlms).host];
  return `${configMark}
installation: demo
specs:
  git: { url: "file://${repository}", branch: main, pollSeconds: 1 }
data: data
listen: 127.0.0.1:0
secrets:
  folder: secrets
  allow:
    - { file: personio-client-id, hosts: ["${hr}"] }
    - { file: personio-client-secret, hosts: ["${hr}"] }
    - { file: talentlms-api-key, hosts: ["${lms}"] }
network:
  private: [127.0.0.1]
  http: true
smtp: { host: 127.0.0.1, port: ${smtpPort}, from: rosterd@example.com, tls: "off" }
`;
}

/** By its first line a folder is known to be the demo's own. */
export const configMark = '# Written by the demo of rosterd, and replaced by the next one.';
