/**
 * <sort-table>: `figures = {caption, columns: [[key, label, kind]], rows: [{key: [shown, sorted by]}], empty}`. A click, or Enter,
 * on a column's name sorts by it; again, the other way round.
 */
import { el, morph } from './dom.js';

class SortTable extends HTMLElement {
  #figures;
  #by = null;
  #down = false;

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
    this.addEventListener('click', (event) => {
      const key = event.target.closest('button[data-column]')?.dataset.column;
      if (key) {
        this.#down = this.#by === key ? !this.#down : this.#isNumber(key);
        this.#by = key;
        this.#draw();
      }
    });
    this.#draw();
  }

  #isNumber(key) {
    return this.#figures.columns.some(([name, , kind]) => name === key && kind === 'number');
  }

  #rows() {
    if (this.#by === null) {
      return this.#figures.rows;
    }
    const way = this.#down ? -1 : 1;
    return this.#figures.rows.toSorted((one, other) => {
      const [a, b] = [one[this.#by][1], other[this.#by][1]];
      return a === b ? 0 : (a ?? -Infinity) > (b ?? -Infinity) ? way : -way;
    });
  }

  #draw() {
    const { caption, columns, rows, empty } = this.#figures;
    if (rows.length === 0) {
      morph(this, [el('p', { class: 'empty' }, empty)]);
      return;
    }
    const order = (key) => (this.#by !== key ? 'none' : this.#down ? 'descending' : 'ascending');
    const head = columns.map(([key, label, kind]) =>
      el('th', { scope: 'col', class: kind, 'aria-sort': order(key) },
        el('button', { type: 'button', 'data-column': key }, label, el('span', { class: 'arrow', 'aria-hidden': 'true' }))));
    const body = this.#rows().map((row) =>
      el('tr', {}, columns.map(([key, , kind], index) =>
        el(index === 0 ? 'th' : 'td', { class: kind, scope: index === 0 ? 'row' : null }, node(row[key][0])))));
    morph(this, [el('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      el('table', {}, el('caption', {}, caption), el('thead', {}, el('tr', {}, head)), el('tbody', {}, body)))]);
  }
}

/** Rows are drawn again when they are sorted: an element can be in one place only. */
function node(shown) {
  return shown instanceof Node ? shown.cloneNode(true) : String(shown);
}

customElements.define('sort-table', SortTable);
