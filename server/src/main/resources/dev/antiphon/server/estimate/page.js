'use strict';
(() => {
  const estimate = JSON.parse(document.getElementById('estimate').textContent);
  const colours = ['#2f7ed8', '#d1622b', '#2a9d6e', '#9b59b6', '#c0a012', '#d64570', '#1aa3b0', '#7f8c8d', '#6b8e23', '#b5651d'];
  const plots = [];
  const usd = (value, digits) => value === undefined || value === null ? '–'
    : value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  const whole = value => value === undefined ? 'any' : Math.round(value).toLocaleString('en-US');
  const percent = share => (100 * share).toFixed(1) + ' %';

  function table(id, head, rows, words) {
    const target = document.getElementById(id);
    if (words) target.className = 'words';
    const top = target.createTHead().insertRow();
    for (const title of head) {
      const cell = document.createElement('th');
      cell.scope = 'col';
      cell.textContent = title;
      top.append(cell);
    }
    const body = target.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      row.forEach((text, index) => {
        const cell = document.createElement(index === 0 ? 'th' : 'td');
        if (index === 0) cell.scope = 'row';
        cell.textContent = text;
        line.append(cell);
      });
    }
  }

  const shown = row => row.ended ? row.name + ' (ended)' : row.name;
  const style = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const axis = (label, more) => ({
    label, labelSize: 24, size: 58, stroke: () => style('--ink'), grid: { stroke: () => style('--grid') },
    ticks: { stroke: () => style('--line') }, ...more,
  });
  const width = () => Math.max(320, Math.min(1400, document.querySelector('main').clientWidth - 32));

  function draw(id, options, data) {
    const target = document.getElementById(id);
    const plot = new uPlot({ width: width(), ...options }, data, target);
    plots.push([plot, options.height]);
  }

  function bars() {
    const rows = estimate.rows;
    const at = rows.map((row, index) => index);
    const narrow = width() < 600;
    const bar = align => uPlot.paths.bars({ size: [0.35, 60], align });
    draw('bars', {
      height: narrow ? 430 : 340,
      padding: [12, narrow ? 24 : 110, 0, 0],
      scales: { x: { time: false, range: () => [-0.6, rows.length - 0.4] }, y: { range: (u, min, max) => [0, (max || 1) * 1.1] } },
      axes: [
        axis('calls on', { splits: () => at, size: narrow ? 210 : 120, rotate: narrow ? -80 : -25, grid: { show: false },
          values: (u, splits) => splits.map(index => rows[index] ? shown(rows[index]) : '') }),
        axis('US dollars'),
      ],
      series: [
        { label: 'calls on', value: (u, index) => rows[index] ? shown(rows[index]) : '–' },
        { label: '$ per call', fill: colours[0], stroke: colours[0], paths: bar(-1), points: { show: false }, value: (u, v) => v == null ? '–' : usd(v, 4) },
        { label: '$ per completed call', fill: colours[1], stroke: colours[1], paths: bar(1), points: { show: false }, value: (u, v) => v == null ? '–' : usd(v, 4) },
      ],
    }, [at, rows.map(row => row.per_call_usd), rows.map(row => row.per_completed_usd ?? null)]);
  }

  function curves() {
    if (estimate.curves.length === 0) {
      document.getElementById('growth').remove();
      return;
    }
    const minutes = estimate.curves[0].points.map(point => point.minutes);
    draw('curves', {
      height: 380,
      scales: { x: { time: false }, y: { range: (u, min, max) => [0, (max || 1) * 1.05] } },
      axes: [axis('length of the call in minutes'), axis('US dollars a call')],
      series: [
        { label: 'minutes' },
        ...estimate.curves.map((curve, index) => ({
          label: curve.name, stroke: colours[index % colours.length], width: 2,
          dash: index >= colours.length ? [6, 4] : undefined, points: { show: false }, value: (u, v) => v == null ? '–' : usd(v, 4),
        })),
      ],
    }, [minutes, ...estimate.curves.map(curve => curve.points.map(point => point.usd))]);
    table('lengths', ['minutes', ...estimate.curves.map(curve => curve.name)],
      minutes.map((length, index) => [String(length), ...estimate.curves.map(curve => usd(curve.points[index].usd, 4))]));
  }

  document.getElementById('nature').textContent = estimate.nature;
  table('models', ['calls on', '$ per call', '$ per month', '$ per completed call', 'completes', 'calls at once', 'needs', 'ends',
    'text in', 'audio in', 'cached', 'text out', 'audio out', 'requests a minute', 'tokens a minute'],
  estimate.rows.map(row => [shown(row), usd(row.per_call_usd, 4), usd(row.per_month_usd, 0),
    usd(row.per_completed_usd, 4), percent(row.completes), whole(row.calls_at_once),
    row.needs ?? (row.usage_tiers.length ? 'more than the highest' : 'unknown'), row.ends ?? '',
    whole(row.tokens.text_in), whole(row.tokens.audio_in), percent(row.cached_share), whole(row.tokens.text_out),
    whole(row.tokens.audio_out), row.requests_per_minute.toFixed(1), whole(row.tokens_per_minute)]));
  const tiers = [...new Set(estimate.rows.flatMap(row => row.usage_tiers.map(tier => tier.tier)))];
  table('limits', ['calls on', ...tiers], estimate.rows.map(row => [shown(row), ...tiers.map(name => {
    const tier = row.usage_tiers.find(each => each.tier === name);
    return tier ? whole(tier.calls_at_once) : '–';
  })]));
  document.getElementById('limits-source').textContent = estimate.limits;
  table('assumptions', ['assumption', 'value', 'source'],
    estimate.assumptions.map(each => [each.name, each.value, each.source]), true);
  document.getElementById('prices').textContent = 'Prices as of ' + estimate.prices_as_of + ', US dollars.';
  bars();
  curves();
  addEventListener('resize', () => plots.forEach(([plot, height]) => plot.setSize({ width: width(), height })));
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plots.forEach(([plot]) => plot.redraw(false, true)));
})();
