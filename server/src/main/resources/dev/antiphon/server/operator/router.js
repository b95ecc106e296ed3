import { el } from './dom.js';
import { chart, time } from './chart.js';
import { card, count, dollars, empty, interval, moment, percent, plain, share, tile, tiles } from './shapes.js';

export const path = 'router';

export function view(figures, session) {
  return [
    tiles(
      tile('Tiers', figures.tiers.join(' → '), 'from the cheapest to the most able'),
      tile('Forced by an operator', count(Object.keys(figures.pins).length), Object.entries(figures.pins).map(([flow, tier]) => `${flow}: ${tier}`).join(', ') || 'none'),
      tile('Moved during the call', count(figures.moves), 'calls that struggled'),
    ),
    ...figures.rows.filter((row) => row.evidence?.opened).map(opened),
    card('Where new calls begin', flows(figures, session)),
    ...figures.rows.filter((row) => row.evidence?.points.length > 1).map((row) => card(`Evidence: ${row.flow} on ${row.tier}`, evidence(row))),
    card('Flow and tier', rows(figures)),
    card('Decisions', decisions(figures)),
  ];
}

const ANEW = 'the evidence begins anew, since another policy takes another rate for healthy';

function opened(row) {
  const { opened: decision, anew, state } = row.evidence;
  return el('p', { class: 'notice', role: 'status', 'data-key': `opened-${row.flow}-${row.tier}` },
    `${row.flow} on ${row.tier} is ${plain(state)}, opened ${moment(decision.at)}: ${decision.reason}${anew ? `; ${ANEW}` : ''}.`);
}

function flows(figures, session) {
  if (figures.flows.length === 0) {
    return empty('No call has been made yet. A flow can be forced to a tier once one has begun.');
  }
  return el('sort-table', { figures: {
    caption: 'Flows', empty: '',
    columns: [['flow', 'Flow'], ['begins', 'New calls begin on'], ...(session.controls.length ? [['order', 'Change']] : [])],
    rows: figures.flows.map((flow) => {
      const pinned = figures.pins[flow];
      const paused = figures.paused.includes(flow);
      return {
        flow: [flow, flow],
        begins: [`${pinned ? `${pinned}, forced` : 'as the router says'}${paused ? '; does not move up, paused' : ''}`, pinned ?? ''],
        order: [el('span', { class: 'buttons' },
          session.controls.includes('force-tier') ? el('button', { type: 'button', class: 'plain', 'data-order': 'force-tier', 'data-flow': flow, 'data-tiers': figures.tiers.join('\n') }, 'Force a tier', el('span', { class: 'quiet' }, ` for ${flow}`)) : '',
          session.controls.includes('pause-router') ? el('button', { type: 'button', class: 'plain', 'data-order': paused ? 'resume-router' : 'pause-router', 'data-flow': flow }, paused ? 'Let it go on' : 'Pause', el('span', { class: 'quiet' }, ` the router for ${flow}`)) : '',
          pinned && session.controls.includes('release-tier') ? el('button', { type: 'button', class: 'plain', 'data-order': 'release-tier', 'data-flow': flow }, 'Release', el('span', { class: 'quiet' }, ` ${flow}`)) : ''), flow],
      };
    }),
  } });
}

function evidence(row) {
  const { points, threshold, value, state, healthy, anew } = row.evidence;
  const at = points.map((point) => time(point.at));
  return chart({
    title: `Evidence that ${row.flow} completes less often on ${row.tier}`,
    summary: `State ${plain(state)}: evidence ${count(Number(value.toPrecision(3)))}${threshold === null ? '' : ` of ${count(threshold)}`}${healthy === null ? ', the healthy rate is still being learned' : `; ${percent(healthy)} is taken for healthy`}${anew ? `; ${ANEW}` : ''}. Logarithmic; set off where it was not closed.`,
    at,
    log: true,
    series: [
      { name: 'evidence', colour: 'accent', kind: 'steps', values: points.map((point) => point.value) },
      ...(threshold === null ? [] : [{ name: 'threshold', colour: 'bad', kind: 'dashed', values: points.map(() => threshold) }]),
    ],
    marks: points.flatMap((point, index) => (point.state === 'CLOSED' ? [] : [{ from: at[index], to: at[index + 1] ?? at[index], colour: point.state === 'OPEN' ? 'bad' : 'tool' }])),
    show: (number) => count(Number(number.toPrecision(3))),
  });
}

function rows(figures) {
  return el('sort-table', { figures: {
    caption: 'Finished calls by flow and the tier on which they began', empty: 'No call has ended yet.',
    columns: [['flow', 'Flow'], ['tier', 'Tier'], ['state', 'State'], ['completed', 'Completed', 'number'], ['interval', '95 % interval'], ['evidence', 'Evidence', 'number'], ['cost', 'Cost', 'number']],
    rows: figures.rows.map((row) => ({
      flow: [row.flow, row.flow], tier: [row.tier, row.tier],
      state: [row.evidence ? el('span', { class: `state ${row.evidence.state.toLowerCase()}` }, plain(row.evidence.state)) : 'not watched', row.evidence?.state ?? ''],
      completed: [share(row.completed), row.completed.count / (row.completed.of || 1)], interval: [interval(row.completed), row.completed.low],
      evidence: [row.evidence ? `${count(Number(row.evidence.value.toPrecision(3)))}${row.evidence.threshold === null ? '' : ` of ${count(row.evidence.threshold)}`}${row.evidence.anew ? ', anew' : ''}` : '–', row.evidence?.value ?? null],
      cost: [dollars(row.cost_usd), row.cost_usd],
    })),
  } });
}

function decisions(figures) {
  return el('sort-table', { figures: {
    caption: 'What the router decided, latest first', empty: 'The router has decided nothing yet.',
    columns: [['at', 'When'], ['flow', 'Flow'], ['tier', 'Tier'], ['kind', 'Decision'], ['states', 'State'], ['evidence', 'Evidence', 'number'], ['sessions', 'Calls', 'number'], ['reason', 'Reason', 'wide']],
    rows: figures.decisions.map((one) => ({
      at: [moment(one.at), one.at], flow: [one.flow, one.flow], tier: [one.tier, one.tier], kind: [plain(one.kind), one.kind],
      states: [one.from === one.to ? plain(one.to) : `${plain(one.from)} → ${plain(one.to)}`, one.to],
      evidence: [count(Number(one.evidence.toPrecision(3))), one.evidence], sessions: [count(one.sessions), one.sessions], reason: [one.reason, one.reason],
    })),
  } });
}
