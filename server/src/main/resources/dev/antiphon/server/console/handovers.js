// Who waits for a person, with what the bot knows of them.
import {watchDesk} from './desk.js';

function facts(told) {
  const pairs = told.caller ? [['Caller', told.caller]] : [];
  pairs.push(['Why', told.reason]);
  told.values.forEach(value => pairs.push([value.name, value.value]));
  told.done.forEach(done => pairs.push(['Done', done]));
  if (told.open) {
    pairs.push(['Asked last', told.open]);
  }
  told.last_turns.forEach(turn => pairs.push([turn.by === 'caller' ? 'Caller said' : 'Bot said', turn.words]));
  return pairs;
}

/** For servers with a queue. */
export const watchHandovers = () => watchDesk({
  path: '/v1/handovers',
  name: 'handovers',
  id: told => told.key,
  title: told => `For ${told.target}`,
  of: told => `the caller for ${told.target}`,
  facts,
  comes: told => `A caller waits for ${told.target}.`,
  yes: 'accept',
  yesLabel: 'Take',
  said: (told, how) => `You ${how === 'accept' ? 'took' : 'refused'} the caller for ${told.target}.`,
});
