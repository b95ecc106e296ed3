import { el } from './dom.js';
import { OUTCOMES, anytime, calls, card, count, empty, interval, note, percent, rate, rateBar, share, tile, tiles } from './shapes.js';

export const path = 'flows';

export function view(figures) {
  if (figures.flows.length === 0) {
    return [empty('No call has been made yet. Flows are here once one has begun.')];
  }
  return figures.flows.flatMap((flow) => [
    el('h2', { class: 'flow-name', 'data-key': `h-${flow.flow}` }, flow.flow, flow.versions.length ? el('small', {}, ` version ${flow.versions.join(', ')}`) : ''),
    head(flow),
    el('div', { class: 'pair', 'data-key': `p-${flow.flow}` },
      card(`Steps of ${flow.flow}`, steps(flow)),
      el('div', { class: 'column' }, card(`Callers of ${flow.flow}`, returned(flow)), card(`By tier: ${flow.flow}`, tiers(flow)))),
    card(`Slots of ${flow.flow}`, slots(flow), handovers(flow)),
    card(`Examples of ${flow.flow}`, calls(`The latest calls of ${flow.flow} that did not complete`, flow.examples, 'Every call that ended has completed.')),
  ]);
}

function head(flow) {
  return tiles(
    tile('Completed', rate(flow.completed), flow.completed.of ? `95 % interval ${interval(flow.completed)}` : 'no call has ended'),
    tile('At any time', anytime(flow.completed) || '–', 'holds however often you look'),
    ...OUTCOMES.slice(1).map(([key, name]) => tile(name, count(flow.outcomes[key]), flow.completed.of ? percent(flow.outcomes[key] / flow.completed.of) : '')),
    tile('Live', count(flow.live)),
  );
}

function steps(flow) {
  const most = Math.max(1, ...flow.steps.map((step) => step.reached));
  const row = (name, reached, note, kind = '') => el('li', { class: `step ${kind}` },
    el('span', { class: 'step-name' }, name),
    el('span', { class: 'step-bar', 'aria-hidden': 'true' }, el('span', { class: 'fill-accent', width: `${(100 * reached) / most}%` })),
    el('span', { class: 'step-count' }, `${count(reached)} calls${note}`));
  return flow.steps.length === 0 ? empty('No call that ended has come by a step.') : el('ol', { class: 'funnel' },
    flow.steps.map((step) => row(step.step, step.reached, step.ended_here ? ` · ${count(step.ended_here)} ended here` : '', step.ended_here ? 'lost' : '')));
}

function returned(flow) {
  const { started, completed, returned: back, unnamed_calls: unnamed } = flow.returned;
  const bar = (name, value) => el('li', { class: 'step' }, el('span', { class: 'step-name' }, name),
    el('span', { class: 'step-bar', 'aria-hidden': 'true' }, el('span', { class: 'fill-delivery', width: `${started ? (100 * value) / started : 0}%` })),
    el('span', { class: 'step-count' }, `${count(value)}${started ? ` · ${percent(value / started, 0)}` : ''}`));
  return [
    el('ol', { class: 'funnel short' }, bar('started', started), bar('completed', completed), bar('returned within 7 days', back)),
    note(unnamed
      ? `Callers whom the front end names (?caller=). ${count(unnamed)} calls of callers nobody named are not in it.`
      : 'Callers whom the front end names (?caller=).'),
  ];
}

function tiers(flow) {
  return el('sort-table', { figures: {
    caption: `Calls of ${flow.flow} by the tier on which they began`,
    empty: 'No call has ended.',
    columns: [['tier', 'Tier'], ['completed', 'Completed', 'number'], ['interval', '95 % interval'], ['moved', 'Moved up', 'number']],
    rows: flow.tiers.map((row) => ({
      tier: [row.tier, row.tier],
      completed: [share(row.completed), row.completed.count / row.completed.of],
      interval: [interval(row.completed), row.completed.low],
      moved: [count(row.moved), row.moved],
    })),
  } });
}

function slots(flow) {
  return el('sort-table', { figures: {
    caption: `What calls of ${flow.flow} asked for`,
    empty: 'No slot was asked in a call that has ended.',
    columns: [['slot', 'Slot'], ['filled', 'Filled', 'number'], ['open', 'Left open', 'number'], ['share', 'Share filled'], ['nomatch', 'Not understood', 'number'], ['repeated', 'Asked again', 'number'], ['corrected', 'Corrected', 'number']],
    rows: flow.slots.map((slot) => {
      const of = slot.filled + slot.left_open;
      return {
        slot: [slot.slot, slot.slot],
        filled: [count(slot.filled), slot.filled],
        open: [count(slot.left_open), slot.left_open],
        share: [el('span', {}, rateBar({ count: slot.filled, of }), ` ${percent(slot.filled / of, 0)}`), slot.filled / of],
        nomatch: [count(slot.no_match), slot.no_match],
        repeated: [count(slot.repeated), slot.repeated],
        corrected: [count(slot.corrected), slot.corrected],
      };
    }),
  } });
}

function handovers(flow) {
  const reasons = Object.entries(flow.handover_reasons);
  return reasons.length === 0 ? '' : [
    el('h3', {}, 'Why calls were handed over'),
    el('ul', { class: 'reasons' }, reasons.map(([reason, times]) => el('li', {}, `${reason}: ${count(times)}`))),
  ];
}
