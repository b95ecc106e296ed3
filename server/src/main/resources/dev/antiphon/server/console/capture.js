// Audio worklet: turns what the microphone hears into 16-bit samples at 24 kHz, 40 ms at a time.
const RATE_HZ = 24000;
const CHUNK_SAMPLES = 960;

class Capture extends AudioWorkletProcessor {
  constructor() {
    super();
    this.step = sampleRate / RATE_HZ;
    this.position = 0;
    this.previous = 0;
    this.chunk = new Int16Array(CHUNK_SAMPLES);
    this.filled = 0;
  }

  process(inputs) {
    const heard = inputs[0] && inputs[0][0];
    if (!heard) {
      return true;
    }
    // Positions run from -1, the last sample of the block before, to the end of this block.
    while (this.position < heard.length - 1) {
      const index = Math.floor(this.position);
      const left = index < 0 ? this.previous : heard[index];
      const right = heard[index + 1];
      this.put(left + (right - left) * (this.position - index));
      this.position += this.step;
    }
    this.position -= heard.length;
    this.previous = heard[heard.length - 1];
    return true;
  }

  put(sample) {
    this.chunk[this.filled++] = Math.max(-1, Math.min(1, sample)) * 32767;
    if (this.filled === CHUNK_SAMPLES) {
      this.port.postMessage(this.chunk.buffer, [this.chunk.buffer]);
      this.chunk = new Int16Array(CHUNK_SAMPLES);
      this.filled = 0;
    }
  }
}

registerProcessor('capture', Capture);
