// Playing and recording: 16-bit mono samples at 24 kHz, as the Realtime protocol has them.
export const RATE_HZ = 24000;

export function toBase64(buffer) {
  const bytes = new Uint8Array(buffer);
  let text = '';
  for (let i = 0; i < bytes.length; i += 0x8000) {
    text += String.fromCharCode.apply(null, bytes.subarray(i, i + 0x8000));
  }
  return btoa(text);
}

function fromBase64(base64) {
  const text = atob(base64);
  const samples = new Float32Array(text.length >> 1);
  for (let i = 0; i < samples.length; i++) {
    const word = text.charCodeAt(2 * i) | (text.charCodeAt(2 * i + 1) << 8);
    samples[i] = (word >= 0x8000 ? word - 0x10000 : word) / 0x8000;
  }
  return samples;
}

/** Plays pieces of utterances one after the other, and knows how much of each was heard. */
export class Player {
  constructor(context, onIdle) {
    this.context = context;
    this.onIdle = onIdle;
    this.pieces = [];
    this.freeAt = 0;
    this.latest = undefined;
    this.stopped = new Set();
  }

  /** Whether it was stopped: what still comes of it is not played. */
  isStopped(utterance) {
    return this.stopped.has(utterance);
  }

  get playing() {
    return this.pieces.some(p => !p.over);
  }

  play(utterance, base64) {
    const samples = fromBase64(base64);
    if (samples.length === 0 || this.isStopped(utterance)) {
      return;
    }
    this.latest = utterance;
    const buffer = this.context.createBuffer(1, samples.length, RATE_HZ);
    buffer.copyToChannel(samples, 0);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.context.destination);
    const start = Math.max(this.freeAt, this.context.currentTime + 0.03);
    this.freeAt = start + buffer.duration;
    const piece = {utterance, source, start, seconds: buffer.duration, over: false};
    source.onended = () => {
      piece.over = true;
      if (!this.playing) {
        this.pieces = [];
        this.onIdle();
      }
    };
    this.pieces.push(piece);
    source.start(start);
  }

  /** Stops at once. Returns, for each utterance that was not heard to its end, the milliseconds that were. */
  stop() {
    const now = this.context.currentTime;
    const heard = new Map();
    this.stopped.add(this.latest);
    for (const piece of this.pieces) {
      this.stopped.add(piece.utterance);
      const played = Math.max(0, Math.min(piece.seconds, now - piece.start));
      const sum = heard.get(piece.utterance) ?? {played: 0, seconds: 0};
      heard.set(piece.utterance, {played: sum.played + played, seconds: sum.seconds + piece.seconds});
      piece.source.onended = null;
      piece.source.stop();
    }
    this.pieces = [];
    this.freeAt = 0;
    return [...heard].filter(([, h]) => h.played < h.seconds)
      .map(([utterance, h]) => ({utterance, milliseconds: Math.floor(h.played * 1000)}));
  }
}

/** Hands every 40 ms of the microphone to `onChunk`, as an ArrayBuffer of samples. */
export class Microphone {
  static async open(onChunk) {
    if (!navigator.mediaDevices) {
      throw new Error('this browser gives pages a microphone only on localhost or over https');
    }
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: {channelCount: 1, echoCancellation: true, noiseSuppression: true, autoGainControl: true},
    });
    // Not the player's: some browsers refuse a microphone to a context of another rate; the worklet converts.
    const context = new AudioContext();
    try {
      context.resume();
      await context.audioWorklet.addModule('/page/capture.js');
      return new Microphone(context, stream, onChunk);
    } catch (problem) {
      stream.getTracks().forEach(track => track.stop());
      context.close();
      throw problem;
    }
  }

  constructor(context, stream, onChunk) {
    this.context = context;
    this.stream = stream;
    this.source = context.createMediaStreamSource(stream);
    this.node = new AudioWorkletNode(context, 'capture', {numberOfOutputs: 1});
    this.node.port.onmessage = event => onChunk(event.data);
    const silent = context.createGain();
    silent.gain.value = 0;
    this.source.connect(this.node).connect(silent).connect(context.destination);
  }

  close() {
    this.node.port.onmessage = null;
    this.source.disconnect();
    this.node.disconnect();
    this.stream.getTracks().forEach(track => track.stop());
    this.context.close();
  }
}
