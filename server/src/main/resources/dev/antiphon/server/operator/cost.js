import { el } from './dom.js';
import { chart, time } from './chart.js';
import { capNotice, card, count, dollars, dollarsShort, empty, note, percent, plain, rateBar, tile, tiles } from './shapes.js';

export const path = 'cost';

export function view(figures) {
  const { total } = figures;
  const tokens = Object.values(figures.tokens).reduce((sum, value) => sum + value, 0);
  if (tokens === 0 && total.finished === 0) {
    return [capNotice(figures.day), empty('Nothing has been paid for yet.')];
  }
  return [
    capNotice(figures.day),
    tiles(
      tile('Spent', dollars(total.usd), 'all calls, live ones too'),
      figures.day ? tile('Today', dollars(figures.day.spent_usd), `of ${dollars(figures.day.cap_usd)}, the cap of a day`, { near: 'warn', reached: 'bad' }[figures.day.level] ?? '') : '',
      tile('A minute', dollars(total.per_minute), 'of finished calls'),
      tile('A call', dollars(total.per_call), `${count(total.finished)} finished`),
      tile('A completed task', dollars(total.per_completed), `${count(total.completed)} completed; the others’ cost is in it`),
      tile('Cached', figures.cached_share === null ? '–' : percent(figures.cached_share), 'of the input tokens'),
    ),
    figures.unknown_usages ? el('p', { class: 'notice', role: 'status' }, `${count(figures.unknown_usages)} usages have no known price and are in none of the sums.`) : '',
    el('div', { class: 'pair' }, card('Cost over time', over(figures)), card('Tokens', kinds(figures, tokens), spent(figures))),
    card('By flow and tier', note('By the tier on which a call began: what it cost on any tier counts there.'), rows(figures)),
  ];
}

function over(figures) {
  return chart({
    title: `Cost of calls that ended, every ${{ 60: 'hour', 1440: 'day' }[figures.bucket_minutes] ?? `${figures.bucket_minutes} minutes`}`,
    summary: `${dollars(figures.over.reduce((sum, bucket) => sum + bucket.usd, 0))} for ${count(figures.over.reduce((sum, bucket) => sum + bucket.finished, 0))} calls in the time shown.`,
    at: figures.over.map((bucket) => time(bucket.at)),
    series: [{ name: 'cost', colour: 'accent', kind: 'bars', values: figures.over.map((bucket) => bucket.usd) }],
    show: dollarsShort,
  });
}

function kinds(figures, tokens) {
  return el('sort-table', { figures: {
    caption: 'Kinds of tokens; cached ones are counted once, as cached', empty: 'No tokens yet.',
    columns: [['kind', 'Kind'], ['tokens', 'Tokens', 'number'], ['share', 'Share']],
    rows: Object.entries(figures.tokens).map(([kind, value]) => ({
      kind: [plain(kind), kind], tokens: [count(value), value],
      share: [el('span', {}, rateBar({ count: value, of: tokens }), ` ${percent(value / tokens, 0)}`), value],
    })),
  } });
}

function spent(figures) {
  return el('sort-table', { 'data-key': 'spent', figures: {
    caption: 'Spent on', empty: '',
    columns: [['tier', 'Tier'], ['usd', 'Cost', 'number']],
    rows: Object.entries(figures.spent_on).map(([tier, usd]) => ({ tier: [tier, tier], usd: [dollars(usd), usd] })),
  } });
}

function rows(figures) {
  return el('sort-table', { figures: {
    caption: 'Cost of finished calls', empty: 'No call has ended yet.',
    columns: [['flow', 'Flow'], ['tier', 'Began on'], ['finished', 'Finished', 'number'], ['completed', 'Completed', 'number'], ['usd', 'Cost', 'number'], ['minute', 'A minute', 'number'], ['call', 'A call', 'number'], ['task', 'A completed task', 'number']],
    rows: figures.rows.map((row) => ({
      flow: [row.flow, row.flow], tier: [row.start_tier, row.start_tier], finished: [count(row.finished), row.finished], completed: [count(row.completed), row.completed],
      usd: [dollars(row.usd), row.usd], minute: [dollars(row.per_minute), row.per_minute], call: [dollars(row.per_call), row.per_call], task: [dollars(row.per_completed), row.per_completed],
    })),
  } });
}
