import type { VendorAnswer, VendorRequest } from '../loopback.ts';
import { bodyOf, required, wholeOf } from './body.ts';
import { page } from './envelope.ts';
import { Refusal, sections } from './refusal.ts';
import type { VendorState, VendorUser } from './state.ts';
import { userOf } from './users.ts';

const section = sections.branches;

export function listBranches(state: VendorState, request: VendorRequest, url: string): VendorAnswer {
  const all = [...state.branches].map(([id, name]) => ({ id, name }));
  return page(request, all, state.largestPage, url);
}

export function branchesOfUser(state: VendorState, id: string): VendorAnswer {
  const branches = [...userOf(state, id).branches].map((one) => ({ id: one, name: state.branches.get(one) }));
  return { status: 200, body: { _data: { branches } } };
}

export function joinBranch(state: VendorState, request: VendorRequest): VendorAnswer {
  const { user, branch } = membership(state, request);
  if (user.branches.has(branch)) {
    throw new Refusal(400, section, 'The requested user is already a member of this branch');
  }
  user.branches.add(branch);
  return { status: 200, body: { _data: { branch_id: branch, user_id: user.id } } };
}

export function leaveBranch(state: VendorState, request: VendorRequest): VendorAnswer {
  const { user, branch } = membership(state, request);
  if (!user.branches.delete(branch)) {
    throw new Refusal(400, section, 'The requested user is not a member of this branch');
  }
  return { status: 204 };
}

function membership(state: VendorState, request: VendorRequest): { user: VendorUser; branch: number } {
  const body = bodyOf(request, ['branch_id', 'user_id'], section);
  const branch = required(wholeOf(body, 'branch_id', section), 'branch_id', section);
  const user = userOf(state, required(wholeOf(body, 'user_id', section), 'user_id', section));
  if (!state.branches.has(branch)) throw new Refusal(404, section, 'The requested branch does not exist');
  return { user, branch };
}
