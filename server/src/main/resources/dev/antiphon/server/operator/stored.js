import { el } from './dom.js';
import { chart, time } from './chart.js';
import { OUTCOMES, anytime, card, count, dollars, dollarsShort, empty, interval, ms, note, percent, plain, rate, share, tile, tiles } from './shapes.js';

export const path = (days) => `stored/${days}`;

const usd = (micros) => dollars(micros / 1e6);
const per = (micros, of) => (of > 0 ? usd(micros / of) : '–');

export function view(stored, session) {
  const { figures, state } = stored;
  const { outcomes, cost } = figures;
  return [
    periods(stored.days),
    state.lost ? el('p', { class: 'notice', role: 'status' }, `${count(state.lost)} changes were not stored: ${state.problem || 'the queue was full or the database refused them'}.`) : '',
    outcomes.simulated && !session.notice ? el('p', { class: 'notice plain-notice' }, `${count(outcomes.simulated)} of these calls were simulated: no real model answered them.`) : '',
    outcomes.finished === 0 ? empty('No call of this period has ended.') : '',
    tiles(
      tile('Finished', count(outcomes.finished), outcomes.unfinished ? `${count(outcomes.unfinished)} have not ended` : state.place),
      tile('Completed', rate(stored.completed), stored.completed.of ? `95 % ${interval(stored.completed)}; at any time ${anytime(stored.completed)}` : ''),
      tile('Not called back in 24 h', rate(stored.not_called_back), stored.not_called_back.of ? share(stored.not_called_back) : 'no call is old enough'),
      figures.first_audio.n ? tile('First audio of a call', ms(figures.first_audio.p50), `median · p95 ${ms(figures.first_audio.p95)}`) : '',
      tile('A minute', per(cost.micros, cost.minutes)),
      tile('A completed task', per(cost.micros, cost.completed), `a call ${per(cost.micros, cost.finished)}`),
    ),
    el('div', { class: 'pair' }, card('Calls that ended', over(stored)), card('Completed', completed(stored)), card('Cost', spent(stored)), card('Started, completed, returned within 7 days', returns(stored), note('Callers who returned are known only where the front end names them, and only for calls that ended 7 days ago or earlier.'))),
    card('Steps', note('Calls that came by a step, and the share of them that completed.'), steps(figures)),
    card('Turn latency', latency(figures)),
    card('Slots', slots(figures)),
    card('Tools and effects', tools(figures)),
    card('Handed over and abandoned', counted('Handed over, by reason', figures.handovers), counted('Abandoned, by step', figures.abandoned)),
  ];
}

function periods(days) {
  const link = (value, words) => el('a', { href: `#stored/${value}`, 'aria-current': value === days ? 'true' : null }, words);
  return el('nav', { class: 'periods', 'aria-label': 'Period' }, link(1, 'Last 24 hours'), link(7, 'Last 7 days'), link(30, 'Last 30 days'));
}

/** Hours and days without a call are there, too. */
function all({ points, days, from }) {
  const of = new Map(points.map((point) => [time(point.from), point]));
  const first = Math.floor(time(from) / step(days)) * step(days);
  const none = { finished: 0, completed: 0, handed_over: 0, abandoned: 0, failed: 0, cost_micros: 0 };
  return Array.from({ length: (days * 86_400) / step(days) + 1 }, (_, index) => {
    const at = first + index * step(days);
    return { at, ...(of.get(at) ?? none) };
  });
}

function over(stored) {
  const { days, figures } = stored;
  const points = all(stored);
  const { outcomes } = figures;
  return chart({
    title: days === 1 ? 'By hour' : 'By day',
    summary: `${count(outcomes.finished)} calls ended: ${count(outcomes.completed)} completed, ${count(outcomes.handed_over)} handed over, ${count(outcomes.abandoned)} abandoned, ${count(outcomes.failed)} failed.`,
    at: points.map((point) => point.at),
    name: named(days),
    series: OUTCOMES.map(([key, name, colour]) => ({ name, colour, kind: 'bars', values: points.map((point) => point[key]) })),
    stacked: true,
    show: (value) => (Number.isInteger(value) ? count(value) : ''),
  });
}

const step = (days) => (days === 1 ? 3600 : 86400);
const named = (days) => (x) => new Date(x * 1000).toLocaleString('en-GB', days === 1 ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' });

/** The share that completed, with no interval: each hour and day has few calls. */
function completed(stored) {
  const { days, completed: whole } = stored;
  const points = all(stored);
  return chart({
    title: days === 1 ? 'Completed of the calls that ended, by hour' : 'Completed of the calls that ended, by day',
    summary: `${rate(whole)} of all; 95 % interval ${interval(whole)}.`,
    at: points.map((point) => point.at),
    name: named(days),
    series: [
      { name: 'completed', colour: 'accent', kind: 'line', values: points.map((point) => (point.finished ? point.completed / point.finished : null)) },
      { name: 'of the whole period', colour: 'soft', kind: 'dashed', values: points.map(() => whole.count / (whole.of || 1)) },
    ],
    show: (value) => percent(value, 0),
  });
}

function spent(stored) {
  const { days, figures: { cost } } = stored;
  const points = all(stored);
  return chart({
    title: days === 1 ? 'Cost by hour' : 'Cost by day',
    summary: `${usd(cost.micros)} in all; a call ${per(cost.micros, cost.finished)}, a completed task ${per(cost.micros, cost.completed)}.`,
    at: points.map((point) => point.at),
    name: named(days),
    series: [{ name: 'cost', colour: 'accent', kind: 'bars', values: points.map((point) => point.cost_micros / 1e6) }],
    show: dollarsShort,
  });
}

function returns({ figures, returned }) {
  const { started, completed } = figures.returns;
  const bar = (name, value, of, words) => el('li', { class: 'step' }, el('span', { class: 'step-name' }, name),
    el('span', { class: 'step-bar', 'aria-hidden': 'true' }, el('span', { class: 'fill-delivery', width: `${of ? (100 * value) / of : 0}%` })), el('span', { class: 'step-count' }, words));
  return el('ol', { class: 'funnel short' }, bar('started', started, started, count(started)), bar('completed', completed, started, `${count(completed)}${started ? ` · ${percent(completed / started, 0)}` : ''}`),
    bar('returned within 7 days', returned.count, returned.of, returned.of ? share(returned) : 'none is old enough'));
}

function steps({ funnel }) {
  return funnel.length === 0 ? empty('No call that ended has come by a step.') : [...new Set(funnel.map((one) => one.flow))].map((flow) => {
    const ours = funnel.filter((one) => one.flow === flow);
    const most = Math.max(...ours.map((one) => one.calls));
    return el('div', { 'data-key': flow, class: 'stacks' }, el('h3', {}, flow), el('ol', { class: 'funnel' }, ours.map((one) =>
      el('li', { class: 'step' }, el('span', { class: 'step-name' }, one.step),
        el('span', { class: 'step-bar', 'aria-hidden': 'true' }, el('span', { class: 'fill-accent', width: `${(100 * one.calls) / most}%` })),
        el('span', { class: 'step-count' }, `${count(one.calls)} · ${percent(one.completed / one.calls, 0)}`)))));
  });
}

function latency(figures) {
  return el('sort-table', { figures: {
    caption: 'From the caller’s last voice to the first agent audio', empty: 'No turn of this period was answered.',
    columns: [['tier', 'Tier'], ['tool', 'Tools'], ['n', 'Turns', 'number'], ['p50', 'Median', 'number'], ['p95', 'p95', 'number'], ['p99', 'p99', 'number'], ['slow', 'Slow turns', 'number']],
    rows: figures.latency.map((row) => ({
      tier: [row.tier || 'all tiers', row.tier], tool: [row.tool ? 'with' : 'without', row.tool ? 1 : 0], n: [count(row.ms.n), row.ms.n], p50: [ms(row.ms.p50), row.ms.p50], p95: [ms(row.ms.p95), row.ms.p95],
      p99: [ms(row.ms.p99), row.ms.p99], slow: [share(row.slow), row.slow.count],
    })),
  } });
}

function slots(figures) {
  return el('sort-table', { figures: {
    caption: 'Slots, by flow', empty: 'No slot was asked in this period.',
    columns: [['flow', 'Flow'], ['slot', 'Slot'], ['filled', 'Filled', 'number'], ['failed', 'Failed', 'number'], ['dropped', 'Dropped', 'number'], ['attempts', 'Attempts', 'number'], ['corrections', 'Corrected', 'number']],
    rows: figures.slots.map((row) => ({
      flow: [row.flow, row.flow], slot: [row.slot, row.slot], filled: [count(row.filled), row.filled], failed: [count(row.failed), row.failed], dropped: [count(row.dropped), row.dropped],
      attempts: [row.attempts.toFixed(2), row.attempts], corrections: [count(row.corrections), row.corrections],
    })),
  } });
}

function tools(figures) {
  return el('sort-table', { figures: {
    caption: 'What became of tools and effects', empty: 'No tool ran in this period.',
    columns: [['name', 'Name'], ['kind', 'Kind'], ['ok', 'Succeeded', 'number'], ['failed', 'Failed', 'number'], ['timed', 'Timed out', 'number'], ['rejected', 'Rejected', 'number'], ['p95', 'p95', 'number']],
    rows: figures.tools.map((row) => ({
      name: [row.name, row.name], kind: [row.effect ? 'effect' : 'tool', row.effect ? 1 : 0], ok: [share(row.ok), row.ok.count], failed: [count(row.failed), row.failed],
      timed: [count(row.timed_out), row.timed_out], rejected: [count(row.rejected), row.rejected], p95: [ms(row.took_ms.p95), row.took_ms.p95],
    })),
  } });
}

function counted(caption, list) {
  return el('sort-table', { 'data-key': caption, figures: {
    caption, empty: `${caption}: none.`,
    columns: [['name', 'What'], ['calls', 'Calls', 'number']],
    rows: list.map((row) => ({ name: [plain(row.name), row.name], calls: [count(row.calls), row.calls] })),
  } });
}
