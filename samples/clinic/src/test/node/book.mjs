// The official Agents SDK as a caller: connects to the Realtime endpoint given, types the lines given, one after each
// answer of the agent, and prints one JSON line with what it saw; the exit code is 0 when all was said and answered.
// Usage: node book.mjs WS_URL LINE...
import { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebSocket } from '@openai/agents-realtime';

const [url, ...lines] = process.argv.slice(2);
const seen = { said: [], errors: [], types: {} };

const session = new RealtimeSession(new RealtimeAgent({ name: 'caller', instructions: 'Be brief.' }), {
  transport: new OpenAIRealtimeWebSocket({ url }),
  model: 'gpt-realtime',
  tracingDisabled: true,
});
session.on('error', (e) => seen.errors.push(JSON.stringify(e)));

let closed;
const over = new Promise((resolve) => (closed = resolve));
let next = 0;
session.on('transport_event', (event) => {
  seen.types[event.type] = (seen.types[event.type] ?? 0) + 1;
  if (event.type === 'response.output_audio_transcript.done') seen.said.push(event.transcript);
  if (event.type === 'response.done' && event.response.status === 'completed' && event.response.output.length > 0) {
    if (next < lines.length) session.sendMessage(lines[next++]);
    else closed('said everything');
  }
});
session.transport.on('connection_change', (status) => {
  if (status === 'disconnected') closed('disconnected');
});

await session.connect({ apiKey: 'sk-test' });
const timeout = setTimeout(() => closed('timed out'), 60_000);
seen.end = await over;
clearTimeout(timeout);
console.log(JSON.stringify(seen));
session.close();
process.exit(seen.end === 'said everything' ? 0 : 1);
