// The official Agents SDK with a model of its own: connects to the Realtime endpoint given, types one line, lets the model use
// a tool, and prints one JSON line with what it saw. Usage: node talk.mjs WS_URL LINE
import { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebSocket, tool } from '@openai/agents-realtime';
import { z } from 'zod';

const [url, line] = process.argv.slice(2);
const seen = { said: [], calls: [], errors: [], types: {} };

const weather = tool({
  name: 'get_weather',
  description: 'Tells the weather in a city',
  parameters: z.object({ city: z.string().describe('The city') }),
  execute: async (input) => {
    seen.calls.push(input);
    return `It is 18 degrees and sunny in ${input.city}.`;
  },
});
const session = new RealtimeSession(new RealtimeAgent({ name: 'talker', instructions: 'Be brief.', tools: [weather] }), {
  transport: new OpenAIRealtimeWebSocket({ url }),
  model: 'gpt-realtime',
  tracingDisabled: true,
});
session.on('error', (e) => seen.errors.push(JSON.stringify(e)));

let closed;
const over = new Promise((resolve) => (closed = resolve));
session.on('transport_event', (event) => {
  seen.types[event.type] = (seen.types[event.type] ?? 0) + 1;
  if (event.type === 'response.output_audio_transcript.done') seen.said.push(event.transcript);
  if (event.type === 'response.done' && event.response.output.some((item) => item.type === 'message')) closed('answered');
});
session.transport.on('connection_change', (status) => {
  if (status === 'disconnected') closed('disconnected');
});

await session.connect({ apiKey: 'sk-test' });
session.sendMessage(line);
const timeout = setTimeout(() => closed('timed out'), 60_000);
seen.end = await over;
clearTimeout(timeout);
console.log(JSON.stringify(seen));
session.close();
process.exit(seen.end === 'answered' ? 0 : 1);
