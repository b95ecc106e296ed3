import { el } from './dom.js';
import { chart, time } from './chart.js';
import { card, count, dollars, empty, moment, percent, plain, tile, tiles } from './shapes.js';

export const path = 'experiments';

const RAILS = { holds: { word: 'holds', kind: 'completed' }, fails: { word: 'broken', kind: 'failed' }, too_few: { word: 'too few to say', kind: 'unknown' } };
const points = (value) => (value === null ? '–' : Number(value.toPrecision(3)).toString());
const signed = (value) => `${value > 0 ? '+' : ''}${value}`.replace('-', '−');
const amount = (goal, value) => (goal.share ? percent(value) : dollars(value));
const change = (goal, value) => (goal.share ? `${signed((100 * value).toFixed(1))} points` : `${value < 0 ? '−' : '+'}${dollars(Math.abs(value))}`);

export function view(figures, session) {
  if (figures.experiments.length === 0) {
    return [empty('No experiment is set up.')];
  }
  return figures.experiments.flatMap((one) => [
    el('h2', { class: 'flow-name', 'data-key': `h-${one.key}` }, one.key, el('small', {}, ` ${one.state}`)),
    el('p', { class: `verdict ${one.verdict}`, 'data-key': `v-${one.key}` }, one.sentence),
    one.notice ? el('p', { class: 'notice', role: 'status', 'data-key': `n-${one.key}` }, one.notice) : '',
    tiles(
      tile('State', one.state, one.state === 'draft' ? 'not started' : `${one.stage_percent} % of its coverage`),
      tile('Sample ratio', one.sample_ratio_p === null ? '–' : `p ${points(one.sample_ratio_p)}`, one.sample_ratio_p === null ? 'too few units to say' : one.sample_ratio_p < 0.001 ? 'the assignment is not sound' : 'no imbalance seen', one.sample_ratio_p !== null && one.sample_ratio_p < 0.001 ? 'bad' : ''),
      tile('Plan', one.plan),
    ),
    orders(one, session),
    card(`Arms of ${one.key}`, arms(one)),
    card(`Goals of ${one.key}`, goals(one), one.goals.filter((goal) => goal.looks.length).map((goal) => looks(one, goal))),
    card(`Guardrails of ${one.key}`, guardrails(one)),
    card(`Audit log of ${one.key}`, changes(one)),
  ]);
}

function orders(one, session) {
  const fits = { draft: ['start-experiment'], running: ['ramp-experiment', 'weigh-experiment', 'pause-experiment', 'stop-experiment'], paused: ['start-experiment', 'weigh-experiment', 'stop-experiment'], stopped: [] }[one.state] ?? [];
  const words = { 'start-experiment': one.state === 'draft' ? 'Start' : 'Go on', 'ramp-experiment': 'Change how many take part', 'weigh-experiment': 'Change weights', 'pause-experiment': 'Pause', 'stop-experiment': 'Stop for good' };
  const offered = fits.filter((name) => session.controls.includes(name));
  return offered.length === 0 ? '' : el('p', { class: 'orders', 'data-key': `o-${one.key}` }, offered.map((name) =>
    el('button', { type: 'button', class: 'plain', 'data-order': name, 'data-experiment': one.key, 'data-stage': String(one.stage_percent || 1), 'data-arms': one.arms.map((arm) => `${arm.variant} ${Number((100 * arm.weight).toFixed(2))}`).join('\n') }, words[name], el('span', { class: 'quiet' }, ` ${one.key}`))));
}

function arms(one) {
  return el('sort-table', { figures: {
    caption: `Who entered ${one.key}`, empty: 'It has no arms.',
    columns: [['variant', 'Arm'], ['weight', 'Share', 'number'], ['exposures', 'Entered', 'number'], ['expected', 'Expected', 'number']],
    rows: one.arms.map((arm) => ({ variant: [arm.variant, arm.variant], weight: [arm.weight === null ? '–' : percent(arm.weight, 0), arm.weight], exposures: [count(arm.exposures), arm.exposures], expected: [arm.expected === null ? '–' : count(Math.round(arm.expected)), arm.expected] })),
  } });
}

function goals(one) {
  return el('sort-table', { figures: {
    caption: `Goals of ${one.key}`, empty: 'Nothing can be compared yet.',
    columns: [['metric', 'Goal'], ['variant', 'Arm'], ['value', 'Value', 'number'], ['baseline', 'First arm', 'number'], ['difference', 'Difference', 'number'], ['interval', 'Interval'], ['rule', 'Rule']],
    rows: one.goals.map((goal) => ({
      metric: [plain(goal.metric), goal.metric], variant: [goal.variant, goal.variant], value: [amount(goal, goal.value), goal.value], baseline: [amount(goal, goal.baseline), goal.baseline],
      difference: [change(goal, goal.difference), goal.difference], interval: [`${change(goal, goal.low)} to ${change(goal, goal.high)}`, goal.low], rule: [goal.rule, goal.rule],
    })),
  } });
}

function looks(one, goal) {
  return chart({
    title: `${plain(goal.metric)}, ${goal.variant} less ${one.arms[0].variant}`,
    summary: `Difference ${change(goal, goal.difference)}, interval ${change(goal, goal.low)} to ${change(goal, goal.high)}; ${one.since_start ? 'of the calls that had ended by each time, since it was started' : 'as it was seen here since the server started'}.`,
    at: goal.looks.map((look) => time(look.at)),
    series: [
      { name: 'upper end', colour: 'soft', kind: 'dashed', values: goal.looks.map((look) => look.high) },
      { name: 'lower end', colour: 'soft', kind: 'dashed', values: goal.looks.map((look) => look.low) },
      { name: 'difference', colour: 'accent', kind: 'line', values: goal.looks.map((look) => look.difference) },
    ],
    band: [0, 1],
    show: (value) => (value === 0 ? '0' : change(goal, value)),
  });
}

function changes(one) {
  return el('sort-table', { figures: {
    caption: `What was done to ${one.key}`, empty: 'Nothing yet.',
    columns: [['at', 'When'], ['who', 'Who'], ['what', 'What'], ['states', 'State'], ['why', 'Why', 'wide']],
    rows: one.changes.map((change) => ({
      at: [moment(change.at), change.at], who: [change.who, change.who], what: [plain(change.what), change.what], states: [`${change.from} → ${change.to}`, change.to], why: [change.why, change.why],
    })),
  } });
}

function guardrails(one) {
  return one.guardrails.length === 0 ? empty('It has no guardrails.') : el('ul', { class: 'reasons' },
    one.guardrails.map((rail) => el('li', {}, el('span', { class: `state ${RAILS[rail.state].kind}` }, RAILS[rail.state].word), ` ${plain(rail.metric)}, ${rail.variant}: ${rail.sentence}`)));
}
