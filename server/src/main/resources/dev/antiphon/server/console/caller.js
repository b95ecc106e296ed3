// A simulated caller who books a visit, one thing at a time, by listening to what is asked.
import {RATE_HZ} from './audio.js';

const CHUNK_SAMPLES = 960;
const CLOSING_SILENCE_CHUNKS = 30;
const MOST_TURNS = 16;

// The first rule whose pattern is in the bot's last words, and which has lines left, answers.
const RULES = [
  {asked: /anything else/i, lines: ['No, thank you. Goodbye.', 'No.']},
  {asked: /shall i|is that (right|correct)|book it|confirm/i, lines: ['Yes, please.', 'Yes.', 'Yes.']},
  {asked: /spell/i, lines: ['A D A, L O V E L A C E.']},
  {asked: /\bname\b/i, lines: ['My name is Ada Lovelace.', 'Ada Lovelace.']},
  {asked: /phone|number/i, lines: ['My number is 415 555 2671.', '4 1 5, 5 5 5, 2 6 7 1.']},
  {asked: /\b(taken|instead|or at|is free|available)\b/i, lines: ['The first one, please.', 'The first one.']},
  {asked: /what time|which time/i, lines: ['At three in the afternoon.', 'At half past ten in the morning.', 'At nine.']},
  {asked: /which day|what day|what date|which date/i, lines: ['Next Tuesday.', 'Next Wednesday.', 'Next Thursday.']},
  {asked: /check-up|cleaning|vaccination|which service|what kind/i, lines: ['A check-up, please.', 'A check-up.']},
  {asked: /help|what can i do|hello|welcome/i, lines: ['I would like to book a check-up.']},
  {asked: /./, lines: ['Yes, please.', 'I would like to book a check-up.']},
];

export class SimulatedCaller {
  /** `hear(samples)` is the microphone's path to the call. */
  constructor(context, hear) {
    this.context = context;
    this.hear = hear;
    this.left = RULES.map(rule => [...rule.lines]);
    this.turns = 0;
    this.speaking = false;
    this.stopped = false;
  }

  /** What to answer, or undefined when there is nothing left to say. */
  answerTo(words) {
    const question = words.split(/(?<=[.!?])\s+/).reverse();
    for (const part of [...question.slice(0, 1), words]) {
      const index = RULES.findIndex((rule, i) => rule.asked.test(part) && this.left[i].length > 0);
      if (index >= 0 && index < RULES.length - 1) {
        return this.left[index].shift();
      }
    }
    return this.left[RULES.length - 1].shift();
  }

  /** Answers the bot's words aloud and into the call. */
  async reactTo(words) {
    if (this.speaking || this.stopped || this.turns >= MOST_TURNS) {
      return;
    }
    const line = this.answerTo(words);
    if (line) {
      this.turns++;
      await this.speak(line);
    }
  }

  async speak(line) {
    this.speaking = true;
    try {
      const registered = await fetch('/v1/simulated-speech', {method: 'POST', body: JSON.stringify({text: line})});
      const spoken = await fetch(`/v1/simulated-speech?text=${encodeURIComponent(line)}`);
      if (!registered.ok || !spoken.ok) {
        throw new Error('the server has no voice for a simulated caller');
      }
      if (this.stopped) {
        return;
      }
      const audio = await this.context.decodeAudioData(await spoken.arrayBuffer());
      const source = this.context.createBufferSource();
      source.buffer = audio;
      source.connect(this.context.destination);
      source.start();
      await this.stream(await this.at24kHz(audio));
    } finally {
      this.speaking = false;
    }
  }

  async at24kHz(audio) {
    const offline = new OfflineAudioContext(1, Math.ceil(audio.duration * RATE_HZ), RATE_HZ);
    const source = offline.createBufferSource();
    source.buffer = audio;
    source.connect(offline.destination);
    source.start();
    return (await offline.startRendering()).getChannelData(0);
  }

  /** In real time, as a microphone would, with the silence that ends a turn. */
  async stream(samples) {
    const chunks = Math.ceil(samples.length / CHUNK_SAMPLES) + CLOSING_SILENCE_CHUNKS;
    const begin = performance.now();
    for (let i = 0; i < chunks && !this.stopped; i++) {
      const chunk = new Int16Array(CHUNK_SAMPLES);
      for (let j = 0; j < CHUNK_SAMPLES; j++) {
        chunk[j] = Math.max(-1, Math.min(1, samples[i * CHUNK_SAMPLES + j] ?? 0)) * 32767;
      }
      this.hear(chunk.buffer);
      const due = begin + (i + 1) * CHUNK_SAMPLES / RATE_HZ * 1000;
      await new Promise(resolve => setTimeout(resolve, Math.max(0, due - performance.now())));
    }
  }

  stop() {
    this.stopped = true;
  }
}
