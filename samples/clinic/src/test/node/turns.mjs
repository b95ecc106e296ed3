// Holds the turns that every client must be able to hold, each on a connection of its own, and prints one JSON line for each
// with what was seen.
// Usage: node turns.mjs CLIENT BASE_URL PCM_FILE GREETS TURN [LINE...]   (TURN: text, audio, function, barge-in, error)
// GREETS is true when the server speaks first. PCM_FILE: speech and the silence after it, 24 kHz.
import { readFileSync } from 'node:fs';
import { CLIENTS } from './clients.mjs';

const FRAME = 960; // 20 ms
const [name, base, speechFile, greets, turn, ...lines] = process.argv.slice(2);
const { connect, beta } = CLIENTS[name];
const speech = readFileSync(speechFile);
const seen = { said: [], calls: [], errors: [], statuses: [], types: {}, audioBytes: 0 };
const AUDIO = beta ? 'response.audio.delta' : 'response.output_audio.delta';
const WORDS = beta ? 'response.audio_transcript.done' : 'response.output_audio_transcript.done';

let waiting = [];
const untaken = [];

function heard(event) {
  seen.types[event.type] = (seen.types[event.type] ?? 0) + 1;
  if (event.type === WORDS) seen.said.push(event.transcript);
  if (event.type === AUDIO) seen.audioBytes += Buffer.from(event.delta, 'base64').length;
  if (event.type === 'response.done') seen.statuses.push(event.response.status);
  if (event.type === 'error') {
    const { code, param } = event.error;
    seen.errors.push({ code, param });
  }
  untaken.push(event);
  waiting.splice(0).forEach((look) => look());
}

/** The next event that is wanted; what came before it is passed over. */
async function next(what, wanted) {
  for (;;) {
    while (untaken.length > 0) {
      const event = untaken.shift();
      if (wanted(event)) return event;
    }
    await new Promise((resolve, reject) => {
      const timeout = setTimeout(() => reject(new Error(`no ${what}; ${JSON.stringify(seen)}`)), 20_000);
      waiting.push(() => {
        clearTimeout(timeout);
        resolve();
      });
    });
  }
}

const ofType = (type) => next(type, (event) => event.type === type);
const answer = () =>
  next('answer', ({ type, response }) =>
    type === 'response.done' && response.status === 'completed' && response.output.some((i) => i.type === 'message'));

function speak(client) {
  for (let at = 0; at < speech.length; at += FRAME) client.speak(speech.subarray(at, at + FRAME));
}

const TURNS = {
  /** Also a function call, where the line asks for one. */
  async text(client) {
    for (const line of lines) {
      client.type(line);
      await answer();
    }
  },
  async audio(client) {
    speak(client);
    client.spoken();
    await ofType('input_audio_buffer.committed');
    await answer();
  },
  /** Speaks as soon as the answer is heard. */
  async 'barge-in'(client) {
    client.type(lines[0]);
    const { item_id: item } = await ofType(AUDIO);
    if (client.interruptsByHand) {
      client.interrupt(item);
    } else {
      speak(client);
      await ofType('input_audio_buffer.speech_started');
      client.interrupt(item);
    }
    await ofType('conversation.item.truncated');
  },
  async error(client) {
    client.send({ type: 'session.update', session: { ...(beta ? {} : { type: 'realtime' }), nonsense: 1 } });
    await ofType('error');
    await TURNS.text(client);
  },
};
TURNS.function = TURNS.text;

const client = await connect(base, heard, (input) => seen.calls.push(input));
if (greets === 'true') await answer();
await TURNS[turn](client);
console.log(JSON.stringify(seen));
client.close();
process.exit(0);
