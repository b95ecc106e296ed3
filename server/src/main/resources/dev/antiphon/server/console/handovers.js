// Who waits for a person, with what the bot knows of them; asked for while the page is seen. Hidden while nobody waits.
const byId = id => document.getElementById(id);
const EVERY_MS = 2000;
const key = new URLSearchParams(location.hash.slice(1)).get('key');
const headers = key ? {Authorization: `Bearer ${key}`} : {};
const shown = new Map();
let announces = false;

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function note(text) {
  if (byId('handovers-note').textContent !== text) {
    byId('handovers-note').textContent = text;
  }
}

async function answer(told, how, row) {
  for (const button of row.querySelectorAll('button')) {
    button.disabled = true;
  }
  try {
    const response = await fetch(`/v1/handovers/${encodeURIComponent(told.key)}/${how}`, {method: 'POST', headers});
    const body = await response.json();
    announces = false;
    note(response.ok ? `You ${how === 'accept' ? 'took' : 'refused'} the caller for ${told.target}.` : body.error.message);
  } catch {
    note('The server does not answer.');
  }
  ask();
}

function button(told, how, label, row) {
  const made = element('button', how === 'accept' ? 'primary' : '', label);
  made.type = 'button';
  made.setAttribute('aria-label', `${label} the caller for ${told.target}`);
  made.onclick = () => answer(told, how, row);
  return made;
}

function facts(told) {
  const list = element('dl', 'slots', '');
  const add = (name, value) => list.append(element('dt', '', name), element('dd', '', value));
  if (told.caller) {
    add('Caller', told.caller);
  }
  add('Why', told.reason);
  told.values.forEach(value => add(value.name, value.value));
  told.done.forEach(done => add('Done', done));
  if (told.open) {
    add('Asked last', told.open);
  }
  told.last_turns.forEach(turn => add(turn.by === 'caller' ? 'Caller said' : 'Bot said', turn.words));
  return list;
}

function row(told) {
  const made = element('li', '', '');
  const head = element('p', 'waits', '');
  head.append(element('strong', '', `For ${told.target}`), element('span', 'left', ''));
  const buttons = element('p', 'answers', '');
  buttons.append(button(told, 'accept', 'Take', made), button(told, 'refuse', 'Refuse', made));
  made.append(head, facts(told), buttons);
  return made;
}

/** Rows stay as they are while their caller waits, so that a button keeps its focus. */
function show(waiting) {
  const keys = new Set(waiting.map(told => told.key));
  for (const [old, made] of shown) {
    if (!keys.has(old)) {
      made.remove();
      shown.delete(old);
    }
  }
  for (const told of waiting) {
    if (!shown.has(told.key)) {
      shown.set(told.key, row(told));
      byId('handovers').append(shown.get(told.key));
      note(`A caller waits for ${told.target}.`);
      announces = true;
    }
    const left = Math.max(0, Math.round((Date.parse(told.answer_by) - Date.now()) / 1000));
    shown.get(told.key).querySelector('.left').textContent = `${left} s left`;
  }
  if (announces && waiting.length === 0) {
    note('');
    announces = false;
  }
  byId('handovers-card').hidden = waiting.length === 0 && !byId('handovers-note').textContent;
}

/** False when this server does not let this page see who waits. */
async function ask() {
  if (document.hidden) {
    return true;
  }
  try {
    const response = await fetch('/v1/handovers', {headers});
    if (!response.ok) {
      return false;
    }
    show((await response.json()).waiting);
  } catch {
    // The service card tells that the server does not answer.
  }
  return true;
}

/** Begins at once; for servers with a queue. */
export async function watchHandovers() {
  if (await ask()) {
    setInterval(ask, EVERY_MS);
    document.addEventListener('visibilitychange', ask);
  }
}
