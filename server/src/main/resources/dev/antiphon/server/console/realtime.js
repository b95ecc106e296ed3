// The call itself: the same WebSocket and the same events as any OpenAI Realtime client uses.
import {toBase64} from './audio.js';

export class RealtimeCall {
  /** `on` has a function for each event type, by name, and `closed(code, reason, opened)`. */
  constructor(on, key) {
    this.on = on;
    this.opened = false;
    const scheme = location.protocol === 'https:' ? 'wss:' : 'ws:';
    const protocols = key ? ['realtime', `openai-insecure-api-key.${key}`] : ['realtime'];
    this.socket = new WebSocket(`${scheme}//${location.host}/v1/realtime`, protocols);
    this.socket.onmessage = message => this.received(JSON.parse(message.data));
    this.socket.onclose = event => this.on.closed(event.code, event.reason, this.opened);
  }

  received(event) {
    this.opened ||= event.type === 'session.created';
    const take = this.on[event.type];
    if (take) {
      take(event);
    }
  }

  send(event) {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(event));
    }
  }

  say(text) {
    this.send({
      type: 'conversation.item.create',
      item: {type: 'message', role: 'user', content: [{type: 'input_text', text}]},
    });
    this.send({type: 'response.create'});
  }

  hear(samples) {
    this.send({type: 'input_audio_buffer.append', audio: toBase64(samples)});
  }

  heard(utterance, milliseconds) {
    this.send({type: 'conversation.item.truncate', item_id: utterance, content_index: 0, audio_end_ms: milliseconds});
  }

  /** From here on nothing is heard of the call any more: what is still under way belongs to no page. */
  hangUp() {
    this.socket.onmessage = null;
    this.socket.onclose = null;
    this.socket.close(1000, 'the caller hung up');
  }
}
