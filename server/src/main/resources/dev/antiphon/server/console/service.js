// How the services of the models are and how much of the budget is in use; asked for while the page is seen.
const byId = id => document.getElementById(id);
const EVERY_MS = 5000;
const STATES = {
  well: 'well', cooling_down: 'cools down', to_be_tried: 'will be tried again', probing: 'is tried again', unavailable: 'not available',
};
const BUDGET = {sessions: 'Calls at once', requests_per_minute: 'Requests a minute', tokens_per_minute: 'Tokens a minute'};

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

function count(value) {
  return value.toLocaleString('en');
}

function time(instant) {
  return new Date(instant).toLocaleTimeString();
}

function endpoint(told) {
  const row = element('li', told.state === 'well' ? 'ok' : 'bad', '');
  const until = told.until ? `, until ${time(told.until)}` : '';
  row.append(
    element('span', 'place', `${told.model} at ${told.provider}`),
    element('span', 'address', told.address),
    element('span', 'result', (STATES[told.state] ?? told.state) + until + (told.reason ? `: ${told.reason}` : '')));
  return row;
}

function budget(part) {
  const value = element('dd', '', part.limit ? `${count(part.used)} of ${count(part.limit)}` : `${count(part.used)}, no limit`);
  if (part.limit) {
    const meter = document.createElement('meter');
    meter.max = part.limit;
    meter.high = part.limit * 0.8;
    meter.value = Math.min(part.used, part.limit);
    meter.setAttribute('aria-label', BUDGET[part.name]);
    value.append(meter);
  }
  return [element('dt', '', BUDGET[part.name] ?? part.name), value];
}

/** Told by screen readers when it changes, so it is not set again to what it is. */
function note(text) {
  if (byId('budget-note').textContent !== text) {
    byId('budget-note').textContent = text;
  }
}

function show(health) {
  const {endpoints, admission} = health;
  byId('endpoints').replaceChildren(...endpoints.map(endpoint));
  const rows = admission.budget.flatMap(budget);
  if (admission.may_wait > 0) {
    rows.push(element('dt', '', 'Waiting calls'), element('dd', '', `${admission.waiting} of ${admission.may_wait}`));
  }
  byId('budget').replaceChildren(...rows);
  note(admission.full ? `The next call is not answered at once: ${admission.full}.` : '');
}

async function ask() {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch('/health');
    show(await answer.json());
  } catch {
    note('The server does not answer.');
  }
}

/** Begins at once. */
export function watchService() {
  ask();
  setInterval(ask, EVERY_MS);
  document.addEventListener('visibilitychange', ask);
}
