/**
 * <live-chart>: a chart with a sentence that sums it up and a table of the same numbers.
 *
 * `figures = {title, summary, at: [x…], series: [{name, colour, values: [y|null…], kind: 'line'|'steps'|'bars'|'dashed'}], show: y => text,
 *  label: x => text, name: x => text, stacked, log, band: [upper, lower], marks: [{from, to}]}`. Times are seconds since 1970 unless `label`
 * is given; `name` says times in another way.
 */
import uPlot from './uplot.js';
import { el, morph } from './dom.js';
import { colour } from './theme.js';

const HEIGHT = 220;
/** Distances of times on the axis, in seconds. */
const STEPS = [1, 5, 10, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 1209600, 2592000, 7776000, 31536000];

class LiveChart extends HTMLElement {
  #figures;
  #plot = null;
  #shape = '';
  #sizes = new ResizeObserver(() => this.#fit());
  #redraw = () => this.#build();

  set figures(figures) {
    this.#figures = figures;
    if (this.isConnected) {
      this.#draw();
    }
  }

  get figures() {
    return this.#figures;
  }

  connectedCallback() {
    this.append(el('h3'), el('p', { class: 'summary' }), el('div', { class: 'plot', role: 'img' }), el('ul', { class: 'legend' }),
      el('p', { class: 'readout', 'aria-hidden': 'true' }), el('details', {}, el('summary', {}, 'The numbers'), el('div')));
    document.addEventListener('colours', this.#redraw);
    this.#sizes.observe(this);
    this.#draw();
  }

  disconnectedCallback() {
    document.removeEventListener('colours', this.#redraw);
    this.#sizes.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.replaceChildren();
  }

  #part(selector) {
    return this.querySelector(selector);
  }

  #draw() {
    const { title, summary, series, at } = this.#figures;
    this.#part('h3').textContent = title;
    this.#part('.summary').textContent = summary;
    this.#part('.plot').setAttribute('aria-label', `${title}. ${summary}`);
    morph(this.#part('.legend'), series.map((one) =>
      el('li', {}, el('span', { class: `swatch fill-${one.colour} ${one.kind === 'dashed' ? 'thin' : ''}` }), one.name)));
    morph(this.#part('details > div'), [this.#table()]);
    const shape = JSON.stringify([series.map((one) => [one.name, one.kind, one.colour]), this.#figures.log, this.#figures.label !== undefined]);
    if (this.#plot && shape === this.#shape && at.length > 0) {
      this.#plot.setData(this.#data());
    } else {
      this.#shape = shape;
      this.#build();
    }
  }

  #name(x) {
    const say = this.#figures.label ?? this.#figures.name;
    const at = new Date(x * 1000);
    const time = () => at.toLocaleTimeString('en-GB').slice(0, this.#isShort() ? 8 : 5);
    return say ? say(x) : this.#isLong() ? `${day(at)}, ${time()}` : time();
  }

  /** On the axis of a long time there is room for the day only. */
  #tick(x) {
    return !this.#figures.label && !this.#figures.name && this.#isLong() ? day(new Date(x * 1000)) : this.#name(x);
  }

  /** Where minutes would be named twice. */
  #isShort() {
    const { at } = this.#figures;
    return at.length > 1 && at.at(-1) - at[0] < 240;
  }

  #isLong() {
    const { at } = this.#figures;
    return at.length > 1 && at.at(-1) - at[0] > 2 * 86_400;
  }

  #show(y) {
    return y === null || y === undefined ? '–' : this.#figures.show(y);
  }

  #table() {
    const { at, series, title } = this.#figures;
    return el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': `${title}, the numbers` },
      el('table', {},
        el('thead', {}, el('tr', {}, el('th', { scope: 'col' }, this.#figures.axis ?? 'Time'),
          series.map((one) => el('th', { scope: 'col', class: 'number' }, one.name)))),
        el('tbody', {}, at.map((x, index) => el('tr', {}, el('th', { scope: 'row' }, this.#name(x)),
          series.map((one) => el('td', { class: 'number' }, this.#show(one.values[index]))))))));
  }

  /** Stacked series are drawn from the top down, so that each covers the lower part of the one above. */
  #data() {
    const { at, series, stacked, log } = this.#figures;
    let columns = series.map((one) => one.values);
    if (stacked) {
      columns = columns.map((_, top) => at.map((_x, index) =>
        columns.slice(0, top + 1).reduce((sum, column) => sum + (column[index] ?? 0), 0)));
      columns.reverse();
    }
    if (log) {
      columns = columns.map((column) => column.map((y) => (y === null ? null : Math.max(y, 0.1))));
    }
    const step = this.#figures.step ?? 300;
    return this.#isAlone() ? [[at[0] - step, at[0], at[0] + step], ...columns.map(([only]) => [null, only, null])] : [at, ...columns];
  }

  /** One time alone has no width: it gets empty neighbours. */
  #isAlone() {
    return this.#figures.at.length === 1;
  }

  #build() {
    this.#plot?.destroy();
    this.#plot = null;
    if (!this.isConnected || this.#figures.at.length === 0) {
      return;
    }
    const { series, stacked, log, band } = this.#figures;
    const ink = colour('soft');
    const line = colour('line');
    const drawn = (stacked ? series.toReversed() : series).map((one) => this.#series(one));
    const axis = { stroke: ink, grid: { stroke: line, width: 1 }, ticks: { show: false }, font: '12px system-ui' };
    this.#plot = new uPlot({
      width: Math.max(this.clientWidth, 120),
      height: HEIGHT,
      legend: { show: false },
      padding: [null, 30, null, null],
      cursor: { y: false, drag: { x: false, y: false }, points: { show: false } },
      scales: {
        x: { time: !this.#figures.label, range: (_u, low, high) => this.#span(low, high) },
        y: log ? { distr: 3, log: 10 } : { range: (_u, low, high) => this.#range(low, high) },
      },
      axes: [
        { ...axis, size: 30, grid: { show: false }, values: this.#figures.label ? (_u, at) => at.map((x) => (Number.isInteger(x) ? this.#name(x) : '')) : (_u, at) => at.map((x) => this.#tick(x)), space: 62, incrs: this.#figures.label ? [1] : STEPS },
        { ...axis, grid: { ...axis.grid, ...(log && { filter: (_u, at) => at.map((y) => (Number.isInteger(Math.log10(y)) ? y : null)) }) }, size: (_u, texts) => 16 + 7 * Math.max(4, ...(texts ?? []).map((text) => text.length)), values: (_u, at) => at.map((y) => (y === null ? '' : this.#show(y))) },
      ],
      series: [{}, ...drawn],
      bands: band ? [{ series: band.map((index) => index + 1), fill: faint(colour('accent')) }] : [],
      hooks: { drawClear: [(plot) => this.#marks(plot)], setCursor: [(plot) => this.#read(plot)] },
    }, this.#data(), this.#part('.plot'));
  }

  #series(one) {
    const stroke = colour(one.colour);
    if (one.kind === 'bars') {
      return { label: one.name, stroke, fill: stroke, width: 0, points: { show: false }, paths: uPlot.paths.bars({ size: [0.7, 34] }) };
    }
    return {
      label: one.name, stroke, width: one.kind === 'dashed' ? 1.5 : 2, dash: one.kind === 'dashed' ? [6, 5] : undefined,
      paths: one.kind === 'steps' ? uPlot.paths.stepped({ align: 1 }) : undefined,
      points: { show: one.kind === 'line' && this.#figures.at.length < 90, size: 5, fill: stroke }, spanGaps: false,
    };
  }

  /** Bars want half a step beside the first and the last one. */
  #span(low, high) {
    const { label, at, series } = this.#figures;
    const step = label ? 1.2 : at.length > 1 ? at[1] - at[0] : 300;
    const beside = label || series.some((one) => one.kind === 'bars') ? step / 2 : 0;
    return [low - beside, high + beside];
  }

  #range(low, high) {
    const least = Math.min(low ?? 0, 0);
    const most = Math.max(high ?? 0, 0);
    return least === most ? [0, 1] : [least * 1.1, most * 1.1];
  }

  /** Spans of time that are set off, for example while a tier was open. */
  #marks(plot) {
    plot.ctx.save();
    for (const mark of this.#figures.marks ?? []) {
      const left = plot.valToPos(mark.from, 'x', true);
      const right = plot.valToPos(mark.to, 'x', true);
      plot.ctx.fillStyle = faint(colour(mark.colour));
      plot.ctx.fillRect(left, plot.bbox.top, Math.max(right - left, 2), plot.bbox.height);
    }
    plot.ctx.restore();
  }

  #read(plot) {
    const there = plot.cursor.idx;
    const index = this.#isAlone() && there !== null ? 0 : there;
    this.#part('.readout').textContent = index === null || index === undefined ? '' :
      `${this.#name(this.#figures.at[index])}: ${this.#figures.series.map((one) => `${one.name} ${this.#show(one.values[index])}`).join(' · ')}`;
  }

  #fit() {
    if (this.#plot && Math.abs(this.#plot.width - this.clientWidth) > 2) {
      this.#plot.setSize({ width: Math.max(this.clientWidth, 120), height: HEIGHT });
    }
  }
}

function faint(rgb) {
  return rgb.replace(/^rgb\((.*)\)$/, 'rgba($1, .18)');
}

const day = (date) => date.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });

export const chart = (figures) => el('live-chart', { 'data-key': figures.title, figures });
export const time = (iso) => Date.parse(iso) / 1000;

customElements.define('live-chart', LiveChart);
