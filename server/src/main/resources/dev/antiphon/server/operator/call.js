import { el } from './dom.js';
import { PARTS, card, clock, count, dollars, legend, moment, ms, outcome, plain, seconds, stack, tile, tiles } from './shapes.js';

export const path = (id) => `calls/${encodeURIComponent(id)}`;

export function view(story) {
  const { call } = story;
  const whole = Math.max(...story.entries.map((entry) => entry.parts?.total_ms ?? 0), 1);
  return [
    el('p', { class: 'back' }, el('a', { href: '#calls' }, '← All calls')),
    el('h2', { class: 'flow-name' }, call.id),
    tiles(
      tile('State', outcome(call), `began ${moment(call.started_at)}`),
      tile('Flow', call.flow, call.step ? `at ${call.step}` : ''),
      tile('Tier', call.start_tier === call.tier ? call.tier : `${call.start_tier} → ${call.tier}`, story.model),
      tile('Length', seconds(call.duration_ms), `${count(call.turns)} turns, ${count(call.slow_turns)} slow`),
      tile('Cost', dollars(call.cost_usd)),
    ),
    card('What happened', el('p', { class: 'note' }, story.words), legend(PARTS),
      el('ol', { class: 'story' }, story.entries.map((entry) => line(entry, whole)))),
  ];
}

function line(entry, whole) {
  return el('li', { class: `entry ${entry.kind.toLowerCase()}` },
    el('time', { datetime: entry.at, title: clock(entry.at) }, `${(entry.offset_ms / 1000).toFixed(1)} s`),
    el('span', { class: 'kind' }, plain(entry.kind)),
    el('div', { class: 'what' }, el('p', { class: 'title' }, entry.title), entry.detail ? el('p', { class: 'detail' }, entry.detail) : '',
      entry.parts ? stack(entry.parts, whole) : ''));
}
