// The clients of the Realtime API that are tried, each behind the same few verbs. None is changed; they are given an address.
import { RealtimeAgent, RealtimeSession, OpenAIRealtimeWebSocket, tool } from '@openai/agents-realtime';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { OpenAIRealtimeWS as OpenAIRealtimeBetaWS } from 'openai/beta/realtime/ws';
import { RealtimeClient } from 'openai-realtime-api';
import { WebSocket } from 'ws';
import { z } from 'zod';

export const MODEL = 'gpt-realtime';
export const weather = (city) => `It is 18 degrees and sunny in ${city}.`;
const WEATHER = {
  type: 'function',
  name: 'get_weather',
  description: 'Tells the weather in a city',
  parameters: { type: 'object', properties: { city: { type: 'string', description: 'The city' } }, required: ['city'] },
};
const userText = (text) => ({ type: 'message', role: 'user', content: [{ type: 'input_text', text }] });

/** @openai/agents-realtime: turns by the server, tools, truncation and queued responses by the client itself. */
async function agents(base, heard, called) {
  const session = new RealtimeSession(
    new RealtimeAgent({
      name: 'talker',
      instructions: 'Be brief.',
      tools: [
        tool({
          name: WEATHER.name,
          description: WEATHER.description,
          parameters: z.object({ city: z.string().describe('The city') }),
          execute: async (input) => {
            called(input);
            return weather(input.city);
          },
        }),
      ],
    }),
    {
      transport: new OpenAIRealtimeWebSocket({ url: `${base.replace('http', 'ws')}/realtime?model=${MODEL}` }),
      model: MODEL,
      tracingDisabled: true,
    },
  );
  session.on('error', () => {}); // errors are events as well
  session.transport.on('*', heard);
  await session.connect({ apiKey: 'sk-test' });
  return {
    type: (text) => session.sendMessage(text),
    // The SDK wants memory of its own, not a view of a pool.
    speak: (pcm) => session.sendAudio(Uint8Array.from(pcm).buffer),
    spoken: () => {},
    interrupt: () => {},
    send: (event) => session.transport.sendEvent(event),
    close: () => session.close(),
  };
}

/** npm openai: events as they are, so that what an application would do is done here. */
const bare = (Socket, beta) => async (base, heard, called) => {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: base });
  const rt = new Socket({ model: MODEL }, client);
  rt.on('error', () => {});
  const answered = [];
  rt.socket.on('message', (data) => {
    const event = JSON.parse(data.toString());
    if (event.type === 'response.output_item.done' && event.item.type === 'function_call') {
      const input = JSON.parse(event.item.arguments);
      called(input);
      answered.push({ type: 'function_call_output', call_id: event.item.call_id, output: weather(input.city) });
    }
    if (event.type === 'response.done' && answered.length > 0) {
      for (const item of answered.splice(0)) rt.send({ type: 'conversation.item.create', item });
      rt.send({ type: 'response.create' });
    }
    heard(event);
  });
  await new Promise((open, failed) => {
    rt.socket.on('open', open);
    rt.socket.on('error', failed);
  });
  rt.send({ type: 'session.update', session: { ...(beta ? {} : { type: 'realtime' }), tools: [WEATHER] } });
  return {
    type: (text) => {
      rt.send({ type: 'conversation.item.create', item: userText(text) });
      rt.send({ type: 'response.create' });
    },
    speak: (pcm) => rt.send({ type: 'input_audio_buffer.append', audio: pcm.toString('base64') }),
    spoken: () => {},
    interrupt: (item) =>
      rt.send({ type: 'conversation.item.truncate', item_id: item, content_index: 0, audio_end_ms: 20 }),
    send: (event) => rt.send(event),
    close: () => rt.close(),
  };
};

/** openai-realtime-api, after OpenAI's beta reference client: push-to-talk, and items it must have been told of. */
async function reference(base, heard, called) {
  globalThis.WebSocket = WebSocket;
  const client = new RealtimeClient({
    url: `${base.replace('http', 'ws')}/realtime`,
    apiKey: 'sk-test',
    model: MODEL,
    dangerouslyAllowAPIKeyInBrowser: true,
  });
  client.on('realtime.event', ({ source, event }) => source === 'server' && heard(event));
  client.addTool(WEATHER, async (input) => {
    called(input);
    return weather(input.city);
  });
  await client.connect();
  await client.waitForSessionCreated();
  return {
    type: (text) => client.sendUserMessageContent([{ type: 'input_text', text }]),
    speak: (pcm) => client.appendInputAudio(new Int16Array(Uint8Array.from(pcm).buffer)),
    spoken: () => client.createResponse(),
    interruptsByHand: true,
    interrupt: (item) => client.cancelResponse(item, 480),
    send: ({ type, ...rest }) => client.realtime.send(type, rest),
    close: () => client.disconnect(),
  };
}

export const CLIENTS = {
  agents: { connect: agents, beta: false },
  openai: { connect: bare(OpenAIRealtimeWS, false), beta: false },
  'openai-beta': { connect: bare(OpenAIRealtimeBetaWS, true), beta: true },
  'reference-beta': { connect: reference, beta: true },
};
