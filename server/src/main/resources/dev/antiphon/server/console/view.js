// What is on the page. Text goes in as text, never as markup; only the bot's own diagram is markup.
const byId = id => document.getElementById(id);
const PARTS = ['endpointing', 'model', 'tool', 'model2', 'delivery'];
const PART_NAMES = {endpointing: 'end of speech', model: 'model', tool: 'tool', model2: 'model after tool', delivery: 'delivery'};
const SHOWN_TURNS = 8;
const SHOWN_TOOLS = 30;

function element(name, className, text) {
  const made = document.createElement(name);
  if (className) {
    made.className = className;
  }
  if (text !== undefined) {
    made.textContent = text;
  }
  return made;
}

function duration(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(2)} s`;
}

export function showBot(bot) {
  byId('bot-name').textContent = bot.name;
  byId('bot-description').textContent = bot.description;
  document.title = `${bot.name} · Antiphon`;
  byId('start-simulated').hidden = !bot.simulated_speech;
  byId('simulated-hint').hidden = !bot.simulated_speech;
  byId('tiers').replaceChildren(...bot.tiers.map(tier => {
    const item = element('li', '', tier.name);
    item.dataset.tier = tier.name;
    item.title = tier.model;
    return item;
  }));
  showDiagram(bot.svg, bot.undrawn);
}

function showDiagram(svg, undrawn) {
  const parsed = svg && new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (!parsed || parsed.nodeName !== 'svg') {
    byId('diagram').removeAttribute('role');
    byId('diagram').replaceChildren(element('p', 'empty', undrawn));
    return;
  }
  const drawing = document.importNode(parsed, true);
  byId('diagram').replaceChildren(drawing);
  // As large as the column allows: no margin around what is drawn.
  const box = drawing.getBBox();
  drawing.setAttribute('viewBox', `${box.x - 3} ${box.y - 3} ${box.width + 6} ${box.height + 6}`);
  drawing.setAttribute('preserveAspectRatio', 'xMidYMin meet');
}

export function showState(state, words) {
  document.body.dataset.state = state;
  byId('status').textContent = words;
  const live = state === 'live' || state === 'connecting';
  byId('hangup').hidden = !live;
  byId('welcome').hidden = state !== 'idle' && state !== 'ended' && state !== 'failed';
  byId('composer').hidden = !live;
}

export function showTurn(who) {
  document.body.dataset.turn = who;
}

export function notice(kind, title, text) {
  const box = byId('notice');
  box.hidden = false;
  box.dataset.kind = kind;
  box.replaceChildren(element('strong', '', title), document.createTextNode(text));
}

export function clearNotice() {
  byId('notice').hidden = true;
}

export function clearCall() {
  for (const id of ['log', 'slots', 'latency', 'tools']) {
    byId(id).replaceChildren();
    emptiness(id);
  }
  byId('question').textContent = '';
  byId('tier-reason').textContent = '';
  byId('cost').textContent = '$0.0000';
  byId('tokens').textContent = 'No tokens yet.';
  markStep('');
  markTier('');
}

function emptiness(id) {
  const note = document.querySelector(`.empty[data-for="${id}"]`);
  if (note) {
    note.hidden = byId(id).childElementCount > 0;
  }
}

/** One line of the conversation; lines of the same id are the same line. */
export function line(who, id, text, change = {}) {
  const log = byId('log');
  const atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 60;
  let item = [...log.children].find(child => child.dataset.id === id);
  if (!item) {
    item = element('li', who);
    item.dataset.id = id;
    log.append(item);
  }
  item.textContent = text;
  item.classList.toggle('cut', Boolean(change.cut));
  item.classList.toggle('waiting', Boolean(change.waiting));
  if (atEnd) {
    log.scrollTop = log.scrollHeight;
  }
  return item;
}

export function announce(text) {
  byId('announce').textContent = text;
}

export function showDialog(fact) {
  byId('question').textContent = fact.open_question ?? '';
  markStep(fact.step);
  const list = byId('slots');
  const before = new Map([...list.querySelectorAll('dd')].map(dd => [dd.dataset.slot, dd.textContent]));
  list.replaceChildren();
  for (const [name, value] of Object.entries(fact.slots)) {
    const shown = element('dd', before.get(name) === value ? '' : 'fresh', value);
    shown.dataset.slot = name;
    list.append(element('dt', '', name), shown);
  }
  emptiness('slots');
}

function markStep(step) {
  const diagram = byId('diagram');
  diagram.querySelectorAll('.current').forEach(old => old.classList.remove('current'));
  const boxes = [...diagram.querySelectorAll('[id^="step-"]')]
    .filter(box => (box.dataset.step ?? box.id.slice('step-'.length)) === step);
  boxes.forEach(box => box.classList.add('current'));
  const current = boxes[0];
  if (current) {
    const title = [...current.querySelectorAll('text')].pop();
    diagram.setAttribute('aria-label', `The flow's steps; now at ${title ? title.textContent : step}`);
    const box = current.getBoundingClientRect();
    const frame = diagram.getBoundingClientRect();
    diagram.scrollTop += box.top - frame.top - (frame.height - box.height) / 2;
  }
}

export function markTier(name) {
  for (const item of byId('tiers').children) {
    if (item.dataset.tier === name) {
      item.setAttribute('aria-current', 'true');
    } else {
      item.removeAttribute('aria-current');
    }
  }
}

export function tierReason(text) {
  byId('tier-reason').textContent = text;
}

export function showCost(dollars, tokens, transcription, unknown) {
  byId('cost').textContent = `$${dollars.toFixed(4)}`;
  byId('tokens').textContent = `${tokens.toLocaleString('en')} tokens`
    + (transcription > 0 ? `, transcription $${transcription.toFixed(4)} of it` : '')
    + (unknown > 0 ? `, usages not told ${unknown}` : '');
}

let scale = 1000;

export function addTurn(number, fact) {
  const list = byId('latency');
  const row = element('li');
  const bar = element('span', 'bar');
  const told = [];
  for (const part of PARTS.filter(p => fact.parts[p] > 0)) {
    const piece = element('span', part);
    piece.dataset.milliseconds = fact.parts[part];
    piece.title = `${PART_NAMES[part]}: ${duration(fact.parts[part])}`;
    told.push(piece.title);
    bar.append(piece);
  }
  bar.setAttribute('role', 'img');
  bar.setAttribute('aria-label', told.join(', ') || 'no time');
  row.append(element('span', 'turn', `Turn ${number}`), bar, element('span', 'total', duration(fact.total_ms)));
  list.prepend(row);
  while (list.childElementCount > SHOWN_TURNS) {
    list.lastElementChild.remove();
  }
  scale = Math.max(1000, ...[...list.children].map(width));
  list.querySelectorAll('.bar span').forEach(piece => {
    piece.style.width = `${piece.dataset.milliseconds / scale * 100}%`;
  });
  emptiness('latency');
}

function width(row) {
  return [...row.querySelectorAll('.bar span')].reduce((sum, piece) => sum + Number(piece.dataset.milliseconds), 0);
}

export function toolStarted(fact) {
  const row = element('li');
  row.dataset.call = fact.call_id;
  row.append(element('code', '', fact.tool));
  if (fact.effect) {
    row.append(element('span', 'kind', 'side effect'));
  }
  row.append(element('span', 'result', 'running …'));
  byId('tools').prepend(row);
  while (byId('tools').childElementCount > SHOWN_TOOLS) {
    byId('tools').lastElementChild.remove();
  }
  emptiness('tools');
}

export function toolSettled(fact) {
  const row = [...byId('tools').children].find(child => child.dataset.call === fact.call_id);
  if (row) {
    row.className = fact.outcome === 'ok' ? 'ok' : 'bad';
    row.querySelector('.result').textContent = `${fact.outcome.replaceAll('_', ' ')} · ${duration(fact.took_ms)}`;
    row.title = fact.detail ?? '';
  }
}
