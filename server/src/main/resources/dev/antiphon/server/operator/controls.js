/** Orders: each is confirmed with a reason. */
import { Refused, order } from './api.js';
import { el } from './dom.js';

const WORDS = {
  'drain': () => ['Take no new calls?', 'New calls are refused from now on. Calls under way go on, and callers who wait keep their place.', 'Drain'],
  'resume': () => ['Answer new calls again?', 'New calls are answered from now on.', 'Answer calls'],
  'force-tier': ({ flow }) => [`Force a tier for ${flow}?`, 'New calls of this flow begin on the tier, whatever router and experiments say, until you release it: they enter no experiment on tiers meanwhile. At the spend cap of the day they begin on the lowest tier all the same. Calls under way stay where they are.', 'Force'],
  'release-tier': ({ flow }) => [`Release ${flow}?`, 'The router says again where new calls of this flow begin.', 'Release'],
  'pause-router': ({ flow }) => [`Pause the router for ${flow}?`, 'New calls of this flow do not move up, whatever the evidence, until it goes on.', 'Pause'],
  'resume-router': ({ flow }) => [`Let the router go on for ${flow}?`, 'New calls of this flow may move up again.', 'Go on'],
  'pause-experiment': ({ experiment }) => [`Pause ${experiment}?`, 'Nobody new enters it until it goes on.', 'Pause'],
  'start-experiment': ({ experiment }) => [`Let ${experiment} run?`, 'Callers enter it, so many percent of its coverage.', 'Run'],
  'ramp-experiment': ({ experiment }) => [`How many take part in ${experiment}?`, 'So many percent of its coverage; whoever is in it stays in their arm.', 'Change'],
  'weigh-experiment': ({ experiment }) => [`Change the weights of ${experiment}?`, 'Another phase begins: figures and sample ratio then count only callers who are new from now on. Callers who have an arm keep it, and count in their phase. Results so far stay, and can be exported.', 'Begin another phase'],
  'stop-experiment': ({ experiment }) => [`Stop ${experiment} for good?`, 'Nobody enters it any more. It cannot be started again.', 'Stop'],
};

/** As experiments are ramped. */
const STAGES = [1, 5, 10, 25, 50, 100];

const part = (id) => document.getElementById(id);
let asked = null;

function fields(name, data) {
  if (name === 'force-tier') {
    return [el('label', { class: 'field' }, 'Tier', el('select', { id: 'confirm-tier' }, data.tiers.split('\n').map((tier) => el('option', {}, tier))))];
  }
  if (data.stage && ['start-experiment', 'ramp-experiment'].includes(name)) {
    return [el('label', { class: 'field' }, 'Percent of its coverage', el('select', { id: 'confirm-stage' },
      STAGES.map((stage) => el('option', { selected: String(stage) === data.stage }, String(stage)))))];
  }
  if (name === 'weigh-experiment') {
    return data.arms.split('\n').map((arm) => {
      const [key, percent] = arm.split(' ');
      return el('label', { class: 'field' }, `Percent of new callers in ${key}`, el('input', { type: 'number', min: '0.01', max: '99.99', step: 'any', required: true, value: percent, 'data-arm': key }));
    });
  }
  return [];
}

function body(name, data) {
  const reason = part('confirm-reason').value;
  if (name === 'force-tier') {
    return { reason, flow: data.flow, tier: part('confirm-tier').value };
  }
  if (name === 'weigh-experiment') {
    const weights = [...part('confirm-fields').querySelectorAll('input[data-arm]')].map((input) => [input.dataset.arm, Number(input.value) / 100]);
    return { reason, experiment: data.experiment, weights: Object.fromEntries(weights) };
  }
  if (part('confirm-stage')) {
    return { reason, experiment: data.experiment, stage: Number(part('confirm-stage').value) };
  }
  return { reason, flow: data.flow, experiment: data.experiment };
}

function ask(button) {
  const { order: name, ...data } = button.dataset;
  const [title, text, verb] = WORDS[name](data);
  asked = { name, data };
  part('confirm-title').textContent = title;
  part('confirm-text').textContent = text;
  part('confirm-do').textContent = verb;
  part('confirm-reason').value = '';
  part('confirm-problem').hidden = true;
  part('confirm-fields').replaceChildren(...fields(name, data));
  part('confirm').showModal();
}

/** Lets buttons with `data-order` give orders; `done` gets one sentence after each that was carried out. */
export function listen(done) {
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-order]');
    if (button) {
      ask(button);
    }
  });
  part('confirm-cancel').addEventListener('click', () => part('confirm').close());
  part('confirm-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const answer = await order(asked.name, body(asked.name, asked.data));
      part('confirm').close();
      done(answer.message);
    } catch (problem) {
      part('confirm-problem').textContent = problem instanceof Refused ? problem.message : 'The server does not answer; nothing is known of the order.';
      part('confirm-problem').hidden = false;
    }
  });
}
