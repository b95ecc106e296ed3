import { el } from './dom.js';
import { chart, time } from './chart.js';
import { OUTCOMES, calls, capNotice, card, count, interval, ms, rate, tile, tiles } from './shapes.js';

export const path = 'now';

export function view(now, session) {
  const { hour } = now;
  const tiers = Object.entries(now.live_by_tier).map(([tier, live]) => `${tier} ${live}`).join(', ');
  const waiting = now.waiting ? `${now.waiting} waiting` : '';
  return [
    now.draining ? el('p', { class: 'notice', role: 'status' }, 'Draining: new calls are refused, those under way go on.') : '',
    capNotice(now.day),
    tiles(
      tile('Live calls', count(now.live), [tiers, waiting].filter(Boolean).join(' · ') || 'none under way', now.live ? 'on' : ''),
      tile('Completed, last hour', rate(hour.completed), hour.completed.of ? `${interval(hour.completed)} · ${hour.completed.count} of ${hour.completed.of}` : 'no call has ended'),
      tile('Turn latency p95', ms(hour.p95_ms), `median ${ms(hour.p50_ms)}`),
      tile('Slow turns', rate(hour.slow), `over 1.5 s · ${count(hour.slow.count)} of ${count(hour.slow.of)}`, hour.slow.count ? 'warn' : ''),
      tile('Failures', count(hour.outcomes.failed + hour.tool_failures.count + hour.troubles),
        `${hour.outcomes.failed} calls · ${hour.tool_failures.count} tools · ${hour.troubles} connections`,
        hour.outcomes.failed + hour.troubles ? 'bad' : ''),
    ),
    controls(now, session),
    el('div', { class: 'pair' }, card('How calls ended', ended(now)), card('Turn latency', latency(now))),
    card('Live calls', calls('Live calls, latest first', now.calls, 'No call is under way.')),
  ];
}

function controls(now, session) {
  const name = now.draining ? 'resume' : 'drain';
  if (!session.controls.includes(name)) {
    return '';
  }
  return el('p', { class: 'orders' },
    el('button', { type: 'button', class: now.draining ? 'strong' : 'plain', 'data-order': name },
      now.draining ? 'Answer new calls again' : 'Drain: take no new calls'),
    now.full ? el('span', { class: 'note' }, `The next call would not be answered at once: ${now.full}.`) : '');
}

function ended(now) {
  const total = OUTCOMES.map(([key, name]) => `${now.hour.outcomes[key]} ${name}`).join(', ');
  return chart({
    title: 'Calls that ended, minute by minute',
    summary: `In the last hour ${now.hour.started} calls began; ${total}.`,
    at: now.minutes.map((minute) => time(minute.at)),
    series: OUTCOMES.map(([key, name, colour]) => ({ name, colour, kind: 'bars', values: now.minutes.map((minute) => minute.outcomes[key]) })),
    stacked: true,
    show: (value) => (Number.isInteger(value) ? count(value) : ''),
  });
}

function latency(now) {
  const turns = now.minutes.reduce((sum, minute) => sum + minute.turns, 0);
  return [chart({
    title: 'Median and 95th percentile, minute by minute',
    summary: turns ? `${count(turns)} answered turns in the last hour: median ${ms(now.hour.p50_ms)}, 95th percentile ${ms(now.hour.p95_ms)}.` : 'No turn was answered in the last hour.',
    at: now.minutes.map((minute) => time(minute.at)),
    series: [
      { name: 'median', colour: 'accent', kind: 'line', values: now.minutes.map((minute) => minute.p50_ms) },
      { name: '95th percentile', colour: 'tool', kind: 'line', values: now.minutes.map((minute) => minute.p95_ms) },
    ],
    show: ms,
  })];
}
