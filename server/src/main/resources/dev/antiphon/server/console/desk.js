// What waits for an answer of the people here; asked for while the page is seen. Hidden while nothing waits.
const byId = id => document.getElementById(id);
const EVERY_MS = 2000;
const key = new URLSearchParams(location.hash.slice(1)).get('key');
const headers = key ? {Authorization: `Bearer ${key}`} : {};

export function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** Names and values, one below the other. */
export function factList(pairs) {
  const list = element('dl', 'slots', '');
  pairs.forEach(([name, value]) => list.append(element('dt', '', name), element('dd', '', value)));
  return list;
}

function left(until) {
  const seconds = Math.max(0, Math.round((Date.parse(until) - Date.now()) / 1000));
  return seconds > 120 ? `${Math.round(seconds / 60)} min left` : `${seconds} s left`;
}

/**
 * A desk of the page: {path, name, id(told), title(told), of(told), facts(told), comes(told), yes, yesLabel, said(told, how), reason}.
 * The elements are name, name-note and name-card; `reason` is the label of what a refusal says, if it must say something.
 */
class Desk {
  constructor(kind) {
    this.kind = kind;
    this.shown = new Map();
    this.announces = false;
  }

  note(text) {
    const place = byId(`${this.kind.name}-note`);
    if (place.textContent !== text) {
      place.textContent = text;
    }
  }

  async answer(told, how, row) {
    const reason = row.querySelector('input');
    if (how === 'refuse' && reason && !reason.value.trim()) {
      reason.setAttribute('aria-invalid', 'true');
      reason.focus();
      return;
    }
    const parts = [...row.querySelectorAll('button, input')];
    parts.forEach(part => { part.disabled = true; });
    const body = how === 'refuse' && reason ? JSON.stringify({reason: reason.value.trim()}) : undefined;
    try {
      const address = `${this.kind.path}/${encodeURIComponent(this.kind.id(told))}/${how}`;
      const response = await fetch(address, {method: 'POST', headers, body});
      const result = await response.json();
      this.announces = false;
      this.note(response.ok ? this.kind.said(told, how) : result.error.message);
    } catch {
      this.note('The server does not answer.');
      parts.forEach(part => { part.disabled = false; });
    }
    this.ask();
  }

  button(told, how, label, row) {
    const made = element('button', how === 'refuse' ? '' : 'primary', label);
    made.type = 'button';
    made.setAttribute('aria-label', `${label} ${this.kind.of(told)}`);
    made.onclick = () => this.answer(told, how, row);
    return made;
  }

  reason(told, row) {
    const field = element('input', '', '');
    field.type = 'text';
    field.maxLength = 200;
    field.placeholder = this.kind.reason;
    field.setAttribute('aria-label', `${this.kind.reason}: ${this.kind.of(told)}`);
    field.oninput = () => field.removeAttribute('aria-invalid');
    field.onkeydown = event => {
      if (event.key === 'Enter') {
        this.answer(told, 'refuse', row);
      }
    };
    return field;
  }

  row(told) {
    const made = element('li', '', '');
    const head = element('p', 'waits', '');
    head.append(element('strong', '', this.kind.title(told)), element('span', 'left', ''));
    const buttons = element('p', 'answers', '');
    buttons.append(this.button(told, this.kind.yes, this.kind.yesLabel, made), this.button(told, 'refuse', 'Refuse', made));
    if (this.kind.reason) {
      buttons.append(this.reason(told, made));
    }
    made.append(head, factList(this.kind.facts(told)), buttons);
    return made;
  }

  /** Rows stay as they are while they wait, so that a button keeps its focus and a reason its words. */
  show(waiting) {
    const ids = new Set(waiting.map(this.kind.id));
    for (const [old, made] of this.shown) {
      if (!ids.has(old)) {
        made.remove();
        this.shown.delete(old);
      }
    }
    for (const told of waiting) {
      const id = this.kind.id(told);
      if (!this.shown.has(id)) {
        this.shown.set(id, this.row(told));
        byId(this.kind.name).append(this.shown.get(id));
        this.note(this.kind.comes(told));
        this.announces = true;
      }
      this.shown.get(id).querySelector('.left').textContent = left(told.answer_by);
    }
    if (this.announces && waiting.length === 0) {
      this.note('');
      this.announces = false;
    }
    byId(`${this.kind.name}-card`).hidden = waiting.length === 0 && !byId(`${this.kind.name}-note`).textContent;
  }

  /** False when this server does not let this page see what waits. */
  async ask() {
    if (document.hidden) {
      return true;
    }
    try {
      const response = await fetch(this.kind.path, {headers});
      if (!response.ok) {
        return false;
      }
      this.show((await response.json()).waiting);
    } catch {
      // The service card tells that the server does not answer.
    }
    return true;
  }
}

/** Begins at once; for servers that have this desk. */
export async function watchDesk(kind) {
  const desk = new Desk(kind);
  if (await desk.ask()) {
    setInterval(() => desk.ask(), EVERY_MS);
    document.addEventListener('visibilitychange', () => desk.ask());
  }
}
