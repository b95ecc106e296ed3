import { el } from './dom.js';
import { card, clock, note, plain } from './shapes.js';

export const path = 'audit';

export function view(list) {
  return [card('What operators did', note('The latest 500 entries since the server started; each is a line of the server’s log, too.'), el('sort-table', { figures: {
    caption: 'Audit list, latest first', empty: 'Nobody has done anything yet.',
    columns: [['at', 'When'], ['login', 'Login'], ['action', 'Action'], ['subject', 'About'], ['reason', 'Reason'], ['done', 'Done'], ['result', 'Result']],
    rows: list.map((one) => ({
      at: [clock(one.at), one.at], login: [one.login, one.login], action: [one.action.replaceAll('-', ' '), one.action], subject: [one.subject, one.subject],
      reason: [one.reason, one.reason], done: [el('span', { class: `state ${one.done ? 'completed' : 'failed'}` }, one.done ? 'done' : 'not done'), one.done ? 1 : 0], result: [one.result, one.result],
    })),
  } }))];
}
