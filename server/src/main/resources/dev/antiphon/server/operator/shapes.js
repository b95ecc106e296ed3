/** Small shapes and wordings that several views share. */
import { el } from './dom.js';

export const OUTCOMES = [
  ['completed', 'completed', 'good'],
  ['handed_over', 'handed over', 'hand'],
  ['abandoned', 'abandoned', 'tool'],
  ['failed', 'failed', 'bad'],
];

export const PARTS = [
  ['endpointing_ms', 'end of speech', 'endpointing'],
  ['model_ms', 'model', 'model'],
  ['tool_ms', 'tool', 'tool'],
  ['model2_ms', 'model after tool', 'model2'],
  ['delivery_ms', 'delivery', 'delivery'],
];

export const count = (value) => Number(value).toLocaleString('en');
export const percent = (share, digits = 1) => `${(100 * share).toFixed(digits)} %`;
const range = (low, high) => `${(100 * low).toFixed(0)} to ${(100 * high).toFixed(0)} %`;
export const ms = (value) => (value === null ? '–' : value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(2)} s`);
export const dollars = (value) => (value === null ? '–' : `$${value < 1 ? value.toFixed(4) : value.toFixed(2)}`);
/** On an axis: without zeros that say nothing. */
export const dollarsShort = (value) => (value === 0 ? '$0' : dollars(value).replace(/(\.\d\d\d*?)0+$/, '$1'));
export const seconds = (value) => {
  const whole = Math.round(value / 1000);
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`;
};
export const clock = (iso) => new Date(iso).toLocaleTimeString('en-GB');
/** With the day, unless it is today. */
export const moment = (iso) => {
  const day = new Date(iso).toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
  return day === new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short' }) ? clock(iso) : `${day}, ${clock(iso)}`;
};
export const minute = (iso) => clock(iso).slice(0, 5);
export const plain = (name) => name.toLowerCase().replaceAll('_', ' ');

export function rate(figures) {
  return figures.of === 0 ? '–' : percent(figures.count / figures.of);
}

/** "83.3 % (5 of 6)". */
export function share(figures) {
  return figures.of === 0 ? 'none yet' : `${rate(figures)} (${count(figures.count)} of ${count(figures.of)})`;
}

export function interval(figures) {
  return figures.of === 0 ? '' : range(figures.low, figures.high);
}

export function anytime(figures) {
  return figures.of === 0 ? '' : range(figures.anytime_low, figures.anytime_high);
}

/** A number with its name, and a line below it. */
export function tile(name, value, note = '', kind = '') {
  return el('div', { class: `tile ${kind}` }, el('dt', {}, name), el('dd', {}, value, note ? el('small', {}, note) : ''));
}

export const tiles = (...list) => el('dl', { class: 'tiles' }, list);

export function card(title, ...children) {
  return el('section', { class: 'card', 'data-key': title }, el('h2', {}, title), children);
}

/** Says that the cap of a day is near or reached, and what becomes of new calls; nothing below that. */
export const capNotice = (day) => (day && day.level !== 'below' ? el('p', { class: 'notice', role: 'status' }, day.sentence) : '');

export const note = (text) => el('p', { class: 'note' }, text);
export const empty = (text) => el('p', { class: 'empty' }, text);

/** A share as a bar with its interval. */
export function rateBar(figures) {
  const mark = el('span', { class: 'rate-fill', width: `${figures.of ? (100 * figures.count) / figures.of : 0}%` });
  return el('span', { class: 'rate', 'aria-hidden': 'true' }, mark);
}

/** Parts of a latency side by side; `whole` is the longest total among those shown together. */
export function stack(parts, whole) {
  const pieces = PARTS.filter(([key]) => parts[key] > 0);
  const words = pieces.map(([key, name]) => `${name} ${ms(parts[key])}`).join(', ');
  return el('div', { class: 'stack', role: 'img', 'aria-label': `${ms(parts.total_ms)}: ${words}` },
    pieces.map(([key, , colour]) => el('span', { class: `fill-${colour}`, width: `${(100 * parts[key]) / whole}%` })));
}

export function legend(entries) {
  return el('ul', { class: 'legend' },
    entries.map(([, name, colour]) => el('li', {}, el('span', { class: `swatch fill-${colour}` }), name)));
}

export function outcome(line) {
  return line.outcome === null
    ? el('span', { class: 'state live' }, 'live')
    : el('span', { class: `state ${line.outcome}` }, plain(line.outcome));
}

/** Calls as a table. */
export function calls(caption, list, none) {
  return el('sort-table', {
    'data-key': caption,
    figures: {
      caption,
      empty: none,
      columns: [
        ['call', 'Call'], ['began', 'Began'], ['flow', 'Flow'], ['tier', 'Tier'], ['step', 'Step'], ['state', 'State'],
        ['length', 'Length', 'number'], ['turns', 'Turns', 'number'], ['slow', 'Slow turns', 'number'],
        ['cost', 'Cost', 'number'], ['troubles', 'Troubles', 'number'],
      ],
      rows: list.map((line) => ({
        call: [el('a', { href: `#call/${encodeURIComponent(line.id)}` }, line.id), line.id],
        began: [moment(line.started_at), line.started_at],
        flow: [line.flow, line.flow],
        tier: [line.start_tier === line.tier ? line.tier : `${line.start_tier} → ${line.tier}`, line.tier],
        step: [line.step, line.step],
        state: [outcome(line), line.outcome ?? ''],
        length: [seconds(line.duration_ms), line.duration_ms],
        turns: [count(line.turns), line.turns],
        slow: [count(line.slow_turns), line.slow_turns],
        cost: [dollars(line.cost_usd), line.cost_usd],
        troubles: [count(line.troubles), line.troubles],
      })),
    },
  });
}
