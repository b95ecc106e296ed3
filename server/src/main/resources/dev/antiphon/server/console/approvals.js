// What bots are about to do, for people to approve or refuse.
import {watchDesk} from './desk.js';

/** For bots with an approval desk. */
export const watchApprovals = () => watchDesk({
  path: '/v1/approvals',
  name: 'approvals',
  id: told => told.id,
  title: told => told.what,
  of: told => told.what,
  facts: told => told.details.map(detail => [detail.name, detail.value]),
  comes: told => `The bot asks: ${told.what}.`,
  yes: 'approve',
  yesLabel: 'Approve',
  said: (told, how) => `You ${how === 'approve' ? 'approved' : 'refused'}: ${told.what}.`,
  reason: 'Why not, as a sentence for the caller',
});
