import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { edit } from './folder.ts';
import { takesPart, type Changed } from './expected.ts';
import { Scene, WrongOutcome } from './scene.ts';
import { edits, syncName } from './specs.ts';
import type { Stage } from './stage.ts';
import { day } from './systems.ts';

interface Step {
  readonly title: string;
  readonly play: (scene: Scene) => Promise<void>;
}

/** Plays every step in order and stops at the first that does not come out right. True when all did. */
export async function playStory(stage: Stage): Promise<boolean> {
  const changed: Changed = { left: new Set(), titleRenamed: false, officeCleared: false };
  for (const [index, { title, play }] of steps.entries()) {
    stage.say(`\n${index + 1}. ${title}`);
    try {
      // oxlint-disable-next-line no-await-in-loop -- a story is told in order
      await play(await Scene.begin(stage, changed));
    } catch (error) {
      stage.signal.throwIfAborted();
      if (!(error instanceof Error)) throw error;
      const how = error instanceof WrongOutcome ? error.message : (error.stack ?? error.message);
      stage.say(`   ✗ step ${index + 1} of ${steps.length} did not come out right: ${how}`);
      return false;
    }
  }
  stage.say(`\nAll ${steps.length} steps came out right.`);
  return true;
}

const steps: readonly Step[] = [
  { title: 'First load: the daemon finds the specs in Git and fills an empty TalentLMS', play: firstLoad },
  { title: 'Second pass: both systems agree, so nothing is written', play: secondPass },
  { title: 'A changed mapping: planned, then pushed, then applied', play: mappingChange },
  { title: 'A leaver: the account is deactivated', play: leaver },
  { title: 'Drift: somebody renames an account in TalentLMS, and it is put right', play: drift },
  { title: 'Personio suddenly lists half of its people: held, nothing is written', play: halfTheSource },
  { title: 'Personio lists everybody again: the hold goes away with its cause', play: sourceIsBack },
  { title: 'A wrong mapping that would clear the office of everybody: held', play: wrongMapping },
  { title: 'The same, approved by a commit: released, once', play: approved },
  { title: 'And again nothing to do', play: secondPass },
];

async function firstLoad(scene: Scene): Promise<void> {
  const { stage } = scene;
  const { people } = stage.systems;
  await stage.until('the first pass', async () => ((await stage.runs()).length > 0 ? true : undefined));
  const { result } = await scene.passes();
  const count = people.filter(takesPart).length;
  scene.tell(
    `Of ${people.length} people in Personio ${count} take part; the others are external, away, gone or start later.`,
  );
  scene.check(result === 'applied', 'the pass was applied');
  scene.checkAccounts();
  const created = scene.writes().get('POST /users') ?? 0;
  scene.check(created === count, `each account was created by one request (${created} × POST /users)`);
  await scene.checkMail(`${count} created`);
}

async function secondPass(scene: Scene): Promise<void> {
  const { message } = await scene.sync(0);
  scene.check(message === 'nothing to do', 'there is nothing to do');
  scene.checkWrites({});
  scene.checkAccounts();
}

async function mappingChange(scene: Scene): Promise<void> {
  const { stage, changed } = scene;
  const count = stage.systems.people.filter(
    (person) => takesPart(person) && person.position === 'Engineer',
  ).length;
  await edit(stage.folder, edits.title.before, edits.title.after);
  scene.tell(`In the clone: ${edits.title.after}`);
  scene.tell(`$ rosterd plan ${syncName} --specs . --show personal`);
  const { code, stdout } = await stage.rosterd('plan', syncName, '--specs', '.', '--show', 'personal');
  scene.tell(shortened(stdout));
  scene.check(code === 2, 'the plan shows changes (exit code 2)');
  scene.check(stdout.includes(`${count} to update`), `${count} engineers are to be updated, nobody else`);
  scene.checkWrites({});
  scene.tell('$ git commit, git push');
  await stage.push('Engineers are software engineers');
  changed.titleRenamed = true;
  await scene.sync(0);
  scene.checkWrites({ 'POST /batch/users': Math.ceil(count / 100) });
  scene.checkAccounts();
}

async function leaver(scene: Scene): Promise<void> {
  const { people, personio } = scene.stage.systems;
  const person = people.findLast(takesPart);
  if (person === undefined) throw new WrongOutcome('nobody takes part');
  personio.leave(person.number, day(Date.now() - 3 * 86_400_000));
  scene.changed.left.add(person.number);
  scene.tell(`In Personio ${person.firstName} ${person.lastName} has left three days ago.`);
  await scene.sync(0);
  scene.checkWrites({ 'PATCH /users/ID': 1 });
  scene.checkAccounts();
}

async function drift(scene: Scene): Promise<void> {
  const { people, talentlms } = scene.stage.systems;
  const person = people.find(takesPart);
  if (person === undefined) throw new WrongOutcome('nobody takes part');
  const account = talentlms.byLogin(person.email);
  account.surname = 'Renamed';
  scene.tell(`In TalentLMS ${person.firstName} ${person.lastName} is now called Renamed.`);
  await scene.sync(0);
  scene.checkWrites({ 'PATCH /users/ID': 1 });
  scene.checkAccounts();
  await scene.checkMail('drift');
}

/** Numbers of the people that Personio no longer lists, until it does again. */
const missing = new Map<number, ReadonlyMap<string, unknown>>();

async function halfTheSource(scene: Scene): Promise<void> {
  const { employees } = scene.stage.systems.personio;
  for (const [number, employee] of employees) if (number % 2 === 0) missing.set(number, employee);
  for (const number of missing.keys()) employees.delete(number);
  scene.tell(`Personio answers without an error and lists ${employees.size} people.`);
  const count = scene.stage.systems.people.filter(
    (person) => takesPart(person) && missing.has(person.number) && !scene.changed.left.has(person.number),
  ).length;
  const { people, message } = await scene.sync(3);
  scene.check(people.vanished === count, `${count} people vanished without a termination`);
  scene.check(message.startsWith(`remove: ${count} planned`), 'so many at once are over the limit');
  scene.checkWrites({});
  scene.checkAccounts();
}

async function sourceIsBack(scene: Scene): Promise<void> {
  const { personio, people } = scene.stage.systems;
  for (const { number } of people) {
    const employee = missing.get(number);
    if (employee !== undefined) personio.employees.set(number, employee as never);
  }
  missing.clear();
  const { message } = await scene.sync(0);
  scene.check(message === 'nothing to do', 'there is nothing to do');
  scene.checkWrites({});
  scene.checkAccounts();
}

async function wrongMapping(scene: Scene): Promise<void> {
  const { stage } = scene;
  await edit(stage.folder, edits.office.before, edits.office.after);
  scene.tell(`In the clone: ${edits.office.after}`);
  scene.tell('No office is called "Office …", so that nothing is left of any. Pushed without a plan:');
  scene.tell('$ git commit, git push');
  await stage.push('Shorten the names of offices');
  const count = stage.systems.people.filter(takesPart).length - scene.changed.left.size;
  const { held, message } = await scene.sync(3);
  scene.check(held === count, `${count} values are held, one for each account in use`);
  scene.check(
    message.includes('clear/custom.office'),
    'what holds them is the limit of values that are taken away',
  );
  scene.checkWrites({});
  scene.checkAccounts();
  await scene.checkMail('held');
}

async function approved(scene: Scene): Promise<void> {
  const { stage, changed } = scene;
  const digest = (await stage.runs()).at(-1)?.summary?.heldDigest ?? '';
  const short = digest.slice(0, 12);
  scene.tell('Suppose that it was meant: offices are to go.');
  scene.tell(`$ rosterd approve ${short} --dir approvals --reason "offices are no longer kept"`);
  const args = ['approve', short, '--dir', 'approvals', '--reason', 'offices are no longer kept'];
  const { code, stdout, stderr } = await stage.rosterd(...args);
  scene.check(code === 0, `rosterd approve writes the file${code === 0 ? '' : ` (${code}: ${stderr})`}`);
  scene.tell(
    await readFile(join(stage.folder.clone, 'approvals', stdout.trim().split('/').at(-1) ?? ''), 'utf8'),
  );
  scene.checkWrites({});
  scene.tell('$ git commit, git push');
  await stage.push('Release the offices');
  changed.officeCleared = true;
  await scene.sync(0);
  const count = stage.systems.people.filter(takesPart).length - changed.left.size;
  scene.checkWrites({ 'POST /batch/users': Math.ceil(count / 100) });
  scene.checkAccounts();
}

/** The beginning and the end of a long plan. */
function shortened(text: string): string {
  const lines = text.trimEnd().split('\n');
  return lines.length <= 12 ? text : [...lines.slice(0, 8), '  …', ...lines.slice(-2)].join('\n');
}
