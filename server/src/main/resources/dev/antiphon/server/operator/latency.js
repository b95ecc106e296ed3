import { el } from './dom.js';
import { chart } from './chart.js';
import { PARTS, card, count, empty, legend, ms, note, rate, share, stack, tile, tiles } from './shapes.js';

export const path = 'latency';

const name = (series) => `${series.tier}, ${series.tool ? 'with tools' : 'without tools'}`;

export function view(figures) {
  if (figures.series.length === 0) {
    return [empty('No turn has been answered yet.')];
  }
  const whole = Math.max(...figures.series.flatMap((series) => [series.typical.total_ms, series.tail.total_ms]), 1);
  return [
    tiles(...figures.series.map((series) => tile(name(series), ms(series.p50_ms), `median · p95 ${ms(series.p95_ms)} · ${count(series.turns)} turns`)),
      figures.first_heard ? tile('First audio of a call', ms(figures.first_heard.p50_ms), `median · p95 ${ms(figures.first_heard.p95_ms)} · ${count(figures.first_heard.calls)} calls`) : '',
      figures.stop ? tile('Silent after an interruption', ms(figures.stop.p50_ms), `median · p95 ${ms(figures.stop.p95_ms)} · ${count(figures.stop.interruptions)} times`) : ''),
    card('What a turn is made of', note('From the caller’s last voice to the first agent audio. The parts add up. Around the median: the turns from the 40th to the 60th percentile. Slowest tenth: all turns from the 90th on.'),
      legend(PARTS), figures.series.map((series) => stacks(series, whole)), parts(figures)),
    card('How often which latency', figures.series.map((series) => histogram(figures, series))),
    card('Percentiles', percentiles(figures)),
  ];
}

function stacks(series, whole) {
  const line = (label, parts) => el('div', { class: 'stack-line' }, el('span', { class: 'stack-name' }, label), stack(parts, whole), el('span', { class: 'stack-sum' }, ms(parts.total_ms)));
  return el('div', { class: 'stacks', 'data-key': name(series) }, el('h3', {}, name(series)), line('around the median', series.typical), line('slowest tenth', series.tail));
}

function parts(figures) {
  const row = (series, label, values) => ({
    series: [name(series), name(series)],
    of: [label, label],
    ...Object.fromEntries(PARTS.map(([key]) => [key, [ms(values[key]), values[key]]])),
    total_ms: [ms(values.total_ms), values.total_ms],
  });
  return el('details', { 'data-key': 'parts' }, el('summary', {}, 'The numbers'), el('sort-table', { figures: {
    caption: 'Parts of turn latency', empty: '',
    columns: [['series', 'Turns'], ['of', 'Which'], ...PARTS.map(([key, label]) => [key, label, 'number']), ['total_ms', 'Sum', 'number']],
    rows: figures.series.flatMap((series) => [row(series, 'around the median', series.typical), row(series, 'slowest tenth', series.tail)]),
  } }));
}

function histogram(figures, series) {
  const names = figures.buckets_ms.map((upper, index) => `${index ? figures.buckets_ms[index - 1] / 1000 : 0}–${upper / 1000} s`);
  names.push(`> ${figures.buckets_ms.at(-1) / 1000} s`);
  return chart({
    title: name(series),
    summary: `${count(series.turns)} turns; ${share(series.slow)} took longer than ${ms(figures.slow_ms)}.`,
    at: names.map((_, index) => index),
    label: (index) => names[index] ?? '',
    axis: 'Latency',
    series: [{ name: 'turns', colour: 'model', kind: 'bars', values: series.histogram }],
    show: (value) => (Number.isInteger(value) ? count(value) : ''),
  });
}

function percentiles(figures) {
  return el('sort-table', { figures: {
    caption: 'Turn latency by tier, with and without tools', empty: '',
    columns: [['tier', 'Tier'], ['tool', 'Tools'], ['turns', 'Turns', 'number'], ['p50', 'Median', 'number'], ['p95', 'p95', 'number'], ['p99', 'p99', 'number'], ['slow', 'Slow turns', 'number']],
    rows: figures.series.map((series) => ({
      tier: [series.tier, series.tier], tool: [series.tool ? 'with' : 'without', series.tool ? 1 : 0], turns: [count(series.turns), series.turns],
      p50: [ms(series.p50_ms), series.p50_ms], p95: [ms(series.p95_ms), series.p95_ms], p99: [ms(series.p99_ms), series.p99_ms],
      slow: [share(series.slow), series.slow.count / series.slow.of],
    })),
  } });
}
