import type { VendorAnswer, VendorRequest } from '../../loopback.ts';
import { workInBackground } from '../batch.ts';
import type { Meter } from '../limits.ts';
import { answerRefusal, Refusal, sections } from '../refusal.ts';
import type { VendorState } from '../state.ts';
import { formOf, pairsOf, type Arguments } from './arguments.ts';
import * as school from './courses.ts';
import * as portal from './portal.ts';
import * as users from './users.ts';

type Handler = (state: VendorState, given: Arguments) => VendorAnswer;

/**
 * API v1 over the store of v2: path arguments, changes by GET, forms, everything as text, messages as the only word on
 * an error, and no headers for the limits.
 */
export function answerV1(
  state: VendorState,
  apiKey: string,
  meter: Meter,
  request: VendorRequest,
): VendorAnswer {
  try {
    checkAccess(state, apiKey, request);
    const [action = '', args = ''] = request.path.slice('/api/v1/'.length).split(/\/(.*)/s);
    // Names of actions are matched without regard to case.
    const name = action.toLowerCase();
    if (request.method === 'GET' && name === 'ratelimit') return portal.rateLimit(meter);
    meter.count();
    workInBackground(state);
    const handle = actions[`${request.method} ${name}`];
    if (handle === undefined) {
      throw new Refusal(404, sections.simulator, 'The requested API action does not exist');
    }
    return handle(state, request.method === 'POST' ? formOf(request) : pairsOf(args));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return answerRefusal(error, 'nested');
  }
}

const actions: Readonly<Record<string, Handler>> = {
  'GET siteinfo': portal.siteInfo,
  'GET getcustomregistrationfields': portal.fieldDefinitions,
  'GET users': (state, given) =>
    [...given.keys()].some((key) => !key.startsWith('page_'))
      ? users.single(state, given)
      : users.list(state, given),
  'POST usersignup': users.signUp,
  'POST edituser': users.edit,
  'GET usersetstatus': users.setStatus,
  'POST deleteuser': users.remove,
  'GET getusersbycustomfield': users.byField,
  'GET branches': portal.branches,
  'GET addusertobranch': portal.joinBranch,
  'GET removeuserfrombranch': portal.leaveBranch,
  'GET courses': school.courses,
  'GET categories': school.categories,
  'POST addusertocourse': school.join,
  'GET removeuserfromcourse': school.leave,
};

/** The key is the name of a Basic login, without a password. */
function checkAccess(state: VendorState, apiKey: string, { headers }: VendorRequest): void {
  const expected = `Basic ${Buffer.from(`${apiKey}:`).toString('base64')}`;
  if (headers['authorization'] !== expected) {
    throw new Refusal(401, sections.v1Access, 'Your API key is not valid');
  }
  if (!state.apiEnabled) {
    throw new Refusal(403, sections.v1Errors, 'API is not enabled for the specified domain.');
  }
}
