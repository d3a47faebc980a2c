import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { page } from './cursor.ts';
import { Refusal, sections } from './refusal.ts';
import type { AppUser, ToriiState } from './state.ts';
import { finishSync } from './sync.ts';

/**
 * `GET /apps/{idApp}/users`: everybody of every account of the application, those who were removed too. In which form it
 * tells of licences is not documented: with name and status here, our model.
 */
export function listAppUsers({ query }: VendorRequest, idApp: string, state: ToriiState): VendorAnswer {
  finishSync(state);
  for (const name of ['q', 'qFields', 'sort'])
    if (query.has(name)) throw new Refusal(400, sections.simulator, `${name} is not simulated`);
  const status = query.get('status');
  const ofApp = state.appUsers.filter(
    (one) =>
      state.accounts.get(one.idAppAccount)?.idApp === Number(idApp) &&
      (status === null || one.status === status),
  );
  if (![...state.accounts.values()].some((one) => one.idApp === Number(idApp)))
    throw new Refusal(404, sections.sync, 'App not found');
  return page(query, ofApp, state.largestPage, (one) => shown(one, state));
}

function shown(user: AppUser, { accounts, people, showsLicenses }: ToriiState) {
  const person = [...people.values()].find(({ email }) => email === user.email);
  return {
    score: user.score,
    email: user.email,
    appName: 'Staff',
    firstName: user.firstName,
    lastName: user.lastName,
    fullName: [user.firstName, user.lastName].filter((part) => part !== null).join(' '),
    status: user.status,
    idExternalUser: user.idExternalUser,
    idUser: person?.id ?? null,
    isUserRemovedFromApp: user.status === 'deleted',
    role: user.role,
    externalStatus: user.externalStatus,
    lastVisitTime: user.lastVisitTime,
    licenses: showsLicenses ? user.licenses : [],
    numberOfInactiveLicenses: user.licenses.filter((one) => one.status !== 'active').length,
    appAccountName: accounts.get(user.idAppAccount)?.name ?? null,
    idAppAccount: user.idAppAccount,
    lifecycleStatus: person?.lifecycleStatus ?? null,
  };
}
