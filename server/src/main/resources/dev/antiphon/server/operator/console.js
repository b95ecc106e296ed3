/** The console: which view is shown, and how fresh it is. */
import './table.js';
import * as theme from './theme.js';
import { Refused, logout, read, session as begin } from './api.js';
import { el, morph } from './dom.js';
import { clock } from './shapes.js';
import { listen } from './controls.js';
import * as now from './now.js';
import * as flows from './flows.js';
import * as latency from './latency.js';
import * as cost from './cost.js';
import * as router from './router.js';
import * as experiments from './experiments.js';
import * as stored from './stored.js';
import * as calls from './calls.js';
import * as call from './call.js';
import * as audit from './audit.js';

const EVERY_MS = 5_000;
const STALE_MS = 15_000;
const TABS = { now: 'Now', flows: 'Flows', latency: 'Latency', cost: 'Cost', router: 'Router', experiments: 'Experiments', stored: 'Stored', calls: 'Calls', audit: 'Audit' };
let offered = Object.keys(TABS);
const VIEWS = { now, flows, latency, cost, router, experiments, calls, audit };

const part = (id) => document.getElementById(id);
let session;
let shown = '';
let lastRead = Date.now();
let paused = false;

/** What the address names: a view, or one call. */
function place() {
  const [name, id] = location.hash.slice(1).split('/');
  return name === 'call' && id ? { tab: 'calls', key: `call/${id}`, view: call, path: call.path(decodeURIComponent(id)) }
    : name === 'stored' && id ? { tab: 'stored', key: `stored/${id}`, view: stored, path: stored.path(id) }
    : name === 'stored' && offered[0] !== 'stored' ? { tab: 'stored', key: 'stored/7', view: stored, path: stored.path(7) }
    : name !== 'stored' && offered.includes(name) ? { tab: name, key: name, view: VIEWS[name], path: VIEWS[name].path }
      : offered[0] === 'stored' ? { tab: 'stored', key: 'stored/30', view: stored, path: stored.path(30) }
        : { tab: 'now', key: 'now', view: now, path: now.path };
}

let reading = '';

/** A view that is read for the first time may take longer than the time between two readings. */
async function refresh() {
  const here = place();
  if (reading === here.key) {
    return;
  }
  reading = here.key;
  try {
    await readAnd(here);
  } finally {
    if (reading === here.key) {
      reading = '';
    }
  }
}

async function readAnd(here) {
  if (shown !== here.key) {
    shown = here.key;
    mark(here.tab);
    part('view').setAttribute('aria-busy', 'true');
    part('view').replaceChildren(el('p', { class: 'empty' }, 'Reading the figures …'));
  }
  try {
    const answer = await read(here.path);
    if (shown !== here.key) {
      return;
    }
    lastRead = Date.now();
    part('as-of').textContent = `As of ${clock(answer.as_of)}`;
    draw(answer.missing === undefined ? here.view.view(answer.figures, session) : [el('p', { class: 'notice plain-notice' }, answer.missing)]);
  } catch (problem) {
    if (shown === here.key && part('view').getAttribute('aria-busy') === 'true') {
      draw([el('p', { class: 'notice', role: 'alert' }, words(problem))]);
    }
    stale(words(problem));
    return;
  }
  stale('');
}

function words(problem) {
  return problem instanceof Refused ? problem.message : problem instanceof TypeError && problem.message.includes('fetch')
    ? 'The server does not answer. Is the program still running?' : `The view cannot be drawn: ${problem.message}`;
}

function draw(nodes) {
  morph(part('view'), nodes.filter((node) => node !== ''));
  part('view').setAttribute('aria-busy', 'false');
}

/** Old figures must not look fresh. */
function stale(problem) {
  const age = Date.now() - lastRead;
  const old = !paused && age > STALE_MS;
  part('dot').className = `dot ${paused ? 'off' : old || problem ? 'bad' : 'good'}`;
  part('stale').hidden = !old && !problem;
  part('stale').textContent = old ? `These figures are ${Math.round(age / 1000)} s old. ${problem}` : problem;
}

function mark(tab) {
  document.title = `${TABS[tab]} · ${session.bot} · operator's console`;
  for (const button of part('tabs').children) {
    const selected = button.id === `tab-${tab}`;
    button.setAttribute('aria-selected', String(selected));
    button.tabIndex = selected ? 0 : -1;
    if (selected) {
      button.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    }
  }
  part('view').setAttribute('aria-labelledby', `tab-${tab}`);
}

function tabs() {
  part('tabs').append(...offered.map((key) =>
    el('button', { type: 'button', role: 'tab', id: `tab-${key}`, 'aria-controls': 'view', 'aria-selected': 'false', tabindex: '-1' }, TABS[key])));
  part('tabs').addEventListener('click', (event) => {
    const tab = event.target.closest('[role=tab]');
    if (tab) {
      location.hash = tab.id.slice('tab-'.length);
    }
  });
  part('tabs').addEventListener('keydown', (event) => {
    const all = [...part('tabs').children];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowRight: (at + 1) % all.length, ArrowLeft: (at + all.length - 1) % all.length, Home: 0, End: all.length - 1 }[event.key];
    if (at >= 0 && next !== undefined) {
      event.preventDefault();
      all[next].focus();
      all[next].click();
    }
  });
}

let hiding = 0;
function told(message) {
  part('told').textContent = message;
  part('told').hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => { part('told').hidden = true; }, 10_000);
  refresh();
}

function pause() {
  paused = !paused;
  part('pause').setAttribute('aria-pressed', String(paused));
  if (paused) {
    stale('');
  } else {
    refresh();
  }
}

async function start() {
  part('theme').value = theme.chosen();
  part('theme').addEventListener('change', (event) => theme.apply(event.target.value));
  part('pause').addEventListener('click', pause);
  part('logout').addEventListener('click', async () => {
    await logout();
    location.assign('/login');
  });
  try {
    session = await begin();
  } catch (problem) {
    draw([el('p', { class: 'notice', role: 'alert' }, words(problem))]);
    return;
  }
  part('bot').textContent = session.bot;
  part('about').textContent = session.about;
  part('always').textContent = [session.notice, session.no_controls].filter(Boolean).join(' ');
  part('always').hidden = part('always').textContent === '';
  offered = session.views;
  tabs();
  listen(told);
  addEventListener('hashchange', refresh);
  setInterval(() => {
    if (!paused && document.visibilityState === 'visible') {
      refresh();
    }
  }, EVERY_MS);
  refresh();
}

start();
