'use strict';
const report = JSON.parse(document.getElementById('data').textContent);
const lots = report.lots;
const style = getComputedStyle(document.documentElement);
const ink = style.getPropertyValue('--ink').trim();
const line = style.getPropertyValue('--line').trim();
const colours = ['#2f6fed', '#d9822b', '#2e9e6b', '#a34fc4'];
const width = Math.min(900, document.querySelector('main').clientWidth - 48);

document.getElementById('simulated').textContent = report.simulated;

function percent(share) {
  return (100 * share).toFixed(1) + ' %';
}

function dollars(amount) {
  return amount === null ? '–' : '$' + Number(amount).toFixed(4);
}

function percentile(sorted, rank) {
  return sorted.length === 0 ? '–' : sorted[Math.max(0, Math.ceil(rank * sorted.length) - 1)] + ' ms';
}

function row(cells, kind) {
  const tr = document.createElement('tr');
  cells.forEach((text, index) => {
    const cell = document.createElement(kind === 'head' || index === 0 ? 'th' : 'td');
    cell.scope = kind === 'head' ? 'col' : 'row';
    if (cell.tagName === 'TD') {
      cell.removeAttribute('scope');
    }
    cell.textContent = text;
    tr.append(cell);
  });
  return tr;
}

const table = document.getElementById('lots');
const head = document.createElement('thead');
head.append(row(['tier', 'calls', 'completed', '95 % interval', 'cost per completed', 'cost per call', 'p50', 'p95',
  'p95 with tools', 'to a person', 'left', 'failed', 'moved up', 'turns'], 'head'));
const body = document.createElement('tbody');
lots.forEach(lot => body.append(row([lot.tier, lot.calls, percent(lot.completion),
  percent(lot.completion_low) + ' to ' + percent(lot.completion_high), dollars(lot.cost_per_completed_usd),
  dollars(lot.cost_per_call_usd), percentile(lot.turn_ms, 0.5), percentile(lot.turn_ms, 0.95),
  percentile(lot.tool_turn_ms, 0.95), lot.handed_over, lot.abandoned, lot.failed, lot.escalated,
  lot.turns_per_call.toFixed(1)], 'body')));
table.append(head, body);

const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { stroke: line } };
const names = lots.map(lot => lot.tier);

function byTier(more) {
  return {
    ...axis,
    space: 40,
    splits: () => names.map((name, index) => index),
    values: (chart, at) => at.map(index => names[index] ?? ''),
    ...more,
  };
}

function tierScale() {
  return { x: { time: false, range: [-0.6, names.length - 0.4] } };
}

/** A dot with a line from the lower to the upper end. */
function intervals(chart) {
  const pen = chart.ctx;
  pen.save();
  lots.forEach((lot, index) => {
    const x = chart.valToPos(index, 'x', true);
    const low = chart.valToPos(100 * lot.completion_low, 'y', true);
    const high = chart.valToPos(100 * lot.completion_high, 'y', true);
    pen.strokeStyle = colours[index % colours.length];
    pen.lineWidth = 2 * devicePixelRatio;
    pen.beginPath();
    pen.moveTo(x, low);
    pen.lineTo(x, high);
    for (const end of [low, high]) {
      pen.moveTo(x - 8 * devicePixelRatio, end);
      pen.lineTo(x + 8 * devicePixelRatio, end);
    }
    pen.stroke();
  });
  pen.restore();
}

const least = Math.max(0, Math.floor(Math.min(...lots.map(lot => 100 * lot.completion_low)) / 10) * 10 - 10);
new uPlot({
  width, height: 260, scales: { ...tierScale(), y: { range: [least, 101] } },
  axes: [byTier({}), { ...axis, label: 'completed, %' }],
  series: [{}, { label: 'completed, %', stroke: 'transparent', points: { show: true, size: 11, fill: ink } }],
  legend: { show: false }, cursor: { show: false }, hooks: { draw: [intervals] },
}, [names.map((name, index) => index), lots.map(lot => 100 * lot.completion)], document.getElementById('completion'));

new uPlot({
  width, height: 260, scales: { ...tierScale(), y: { range: (chart, low, high) => [0, Math.max(high, 0.01) * 1.1] } },
  axes: [byTier({}), { ...axis, label: 'US dollars', size: 70 }],
  series: [{}, { label: 'per completed call', stroke: colours[0], fill: colours[0] + '55',
    paths: uPlot.paths.bars({ size: [0.4, 90] }), points: { show: false } }],
  legend: { show: false }, cursor: { show: false },
}, [names.map((name, index) => index), lots.map(lot => lot.cost_per_completed_usd === null ? null : Number(lot.cost_per_completed_usd))],
document.getElementById('cost'));

/** For each time of the axis the share of turns that were answered by then. */
function shares(sorted, times) {
  let answered = 0;
  return times.map(time => {
    while (answered < sorted.length && sorted[answered] <= time) {
      answered++;
    }
    return sorted.length === 0 ? null : 100 * answered / sorted.length;
  });
}

const slowest = Math.max(100, ...lots.map(lot => Math.max(lot.turn_ms.at(-1) ?? 0, lot.tool_turn_ms.at(-1) ?? 0)));
const times = Array.from({ length: 401 }, (none, index) => Math.round(index * slowest / 400));
new uPlot({
  width, height: 320, scales: { x: { time: false }, y: { range: [0, 101] } },
  axes: [{ ...axis, label: 'milliseconds' }, { ...axis, label: 'answered, %' }],
  series: [{ label: 'ms' }, ...lots.flatMap((lot, index) => [
    { label: lot.tier, stroke: colours[index % colours.length], width: 2 },
    { label: lot.tier + ', with tools', stroke: colours[index % colours.length], width: 2, dash: [6, 5] }])],
}, [times, ...lots.flatMap(lot => [shares(lot.turn_ms, times), shares(lot.tool_turn_ms, times)])],
document.getElementById('latency'));
