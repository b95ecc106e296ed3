import { calls, card } from './shapes.js';

export const path = 'calls';

export function view(list) {
  return [card('Calls', calls('Live calls, then the latest that ended', list, 'No call has been made yet.'))];
}
