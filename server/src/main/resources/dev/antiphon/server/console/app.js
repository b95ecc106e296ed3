// One page, one call at a time: joins the call, the sound, the facts and what is shown.
import {watchApprovals} from './approvals.js';
import {Microphone, Player, RATE_HZ} from './audio.js';
import {SimulatedCaller} from './caller.js';
import {follow} from './feed.js';
import {watchAfterCalls} from './aftercalls.js';
import {watchHandovers} from './handovers.js';
import {RealtimeCall} from './realtime.js';
import {watchService} from './service.js';
import {watchTools} from './tools.js';
import * as view from './view.js';

const byId = id => document.getElementById(id);
const key = new URLSearchParams(location.hash.slice(1)).get('key');
const OUTCOMES = {completed: 'completed', handed_over: 'handed over', abandoned: 'ended', failed: 'failed'};

let bot = {name: 'bot', tiers: [], simulated_speech: false};
let current;

class Call {
  constructor(mode) {
    this.mode = mode;
    this.context = new AudioContext({sampleRate: RATE_HZ});
    this.context.resume();
    this.player = new Player(this.context, () => this.quiet());
    this.said = new Map();
    this.lastWords = '';
    this.responding = false;
    this.turns = 0;
    this.cost = 0;
    this.transcription = 0;
    this.unknown = 0;
    this.tokens = 0;
    this.typed = 0;
    this.over = false;
    this.realtime = new RealtimeCall(this.events(), key);
  }

  events() {
    const words = event => this.words(event.item_id, event.delta);
    return {
      'session.created': event => this.begin(event.session.id),
      'input_audio_buffer.speech_started': event => this.callerSpeaks(event.item_id),
      'input_audio_buffer.speech_stopped': () => view.showTurn(''),
      'conversation.item.input_audio_transcription.completed': event => this.callerSaid(event.item_id, event.transcript),
      'conversation.item.input_audio_transcription.failed': event => this.callerSaid(event.item_id, ''),
      'response.created': () => { this.responding = true; },
      'response.output_audio.delta': event => { view.showTurn('agent'); this.player.play(event.item_id, event.delta); },
      'response.output_audio_transcript.delta': words,
      'response.output_text.delta': words,
      'conversation.item.done': event => this.itemDone(event.item),
      'response.done': () => { this.responding = false; this.quiet(); },
      'error': event => view.notice('warn', 'The server says', event.error.message),
      closed: (code, reason, opened) => this.closed(code, reason, opened),
    };
  }

  begin(session) {
    view.showState('live', 'Connected');
    this.unfollow = follow(session, fact => this.fact(fact));
    byId('words').focus();
    if (this.mode === 'voice') {
      this.toggleMicrophone();
    } else if (this.mode === 'simulated') {
      this.simulate();
    }
  }

  // The caller.

  say(text) {
    this.stopPlaying();
    view.line('caller', `typed-${++this.typed}`, text);
    this.realtime.say(text);
  }

  callerSpeaks(item) {
    this.stopPlaying();
    view.showTurn('caller');
    view.line('caller', item, '…', {waiting: true});
  }

  callerSaid(item, text) {
    const shown = text.trim();
    view.line('caller', item, shown || '(not understood)', {waiting: !shown});
  }

  stopPlaying() {
    for (const {utterance, milliseconds} of this.player.stop()) {
      this.realtime.heard(utterance, milliseconds);
      view.line('agent', utterance, this.said.get(utterance) ?? '', {cut: true});
    }
  }

  /** Opening takes as long as the person takes to allow it; pressed again meanwhile, the button does nothing. */
  async toggleMicrophone() {
    if (this.opening) {
      return;
    }
    if (this.microphone) {
      this.microphone.close();
      this.microphone = undefined;
    } else {
      this.opening = true;
      try {
        const opened = await Microphone.open(samples => this.realtime.hear(samples));
        if (this.over) {
          opened.close();
        } else {
          this.microphone = opened;
        }
      } catch (problem) {
        if (!this.over) {
          view.notice('warn', 'No microphone', `${microphoneAdvice(problem)} You can type in the meantime.`);
        }
      } finally {
        this.opening = false;
      }
    }
    if (this === current) {
      byId('mic').setAttribute('aria-pressed', String(Boolean(this.microphone)));
    }
  }

  simulate() {
    if (this.caller) {
      this.caller.stop();
      this.caller = undefined;
    } else {
      this.caller = new SimulatedCaller(this.context, samples => this.realtime.hear(samples));
      this.quiet();
    }
    byId('simulate').setAttribute('aria-pressed', String(Boolean(this.caller)));
  }

  // The bot.

  words(item, delta) {
    const text = (this.said.get(item) ?? '') + delta;
    this.said.set(item, text);
    view.line('agent', item, text, {cut: this.player.isStopped(item)});
  }

  itemDone(item) {
    if (item.role === 'assistant') {
      const text = this.said.get(item.id) ?? '';
      this.lastWords = text;
      view.line('agent', item.id, text, {cut: item.status === 'incomplete'});
      view.announce(`${bot.name}: ${text}`);
    }
  }

  /** Nothing is being said or on its way: the simulated caller's turn. */
  quiet() {
    if (this.responding || this.player.playing) {
      return;
    }
    view.showTurn('');
    if (this.caller && !this.over && this.lastWords) {
      this.caller.reactTo(this.lastWords).catch(problem => {
        if (!this.over) {
          view.notice('warn', 'The simulated caller cannot speak', String(problem.message));
        }
      });
    }
  }

  // The facts.

  fact(fact) {
    const take = {
      session_started: () => { view.markTier(fact.tier); view.showState('live', `Live on ${fact.model}`); },
      dialog_moved: () => view.showDialog(fact),
      tool_started: () => view.toolStarted(fact),
      tool_settled: () => view.toolSettled(fact),
      turn_answered: () => view.addTurn(++this.turns, fact),
      response_billed: () => this.billed(fact),
      transcription_billed: () => this.transcribed(fact),
      usage_unknown: () => { this.unknown += 1; this.tellCost(); },
      tier_decided: () => this.tierDecided(fact),
      tier_changed: () => this.tierChanged(fact),
      connection_troubled: () => view.line('fact', `trouble-${fact.at}`, `Model connection: ${fact.problem}`),
      handover_asked: () => view.line('fact', `handover-${fact.at}`, `Asked ${fact.target} to take the call`),
      handover_settled: () => view.line('fact', `handover-${fact.at}`, `${fact.target}: ${fact.result.replace('_', ' ')}`),
      barged_in: () => view.line('fact', `barge-${fact.at}`, `Interrupted after ${fact.heard_ms} ms of speech`),
      session_ended: () => this.ended(fact),
    }[fact.type];
    if (take) {
      take();
    }
  }

  billed(fact) {
    this.cost += Number(fact.cost_usd);
    this.tokens += fact.usage.total_tokens;
    this.tellCost();
  }

  transcribed(fact) {
    this.cost += Number(fact.cost_usd);
    this.transcription += Number(fact.cost_usd);
    this.tellCost();
  }

  tellCost() {
    view.showCost(this.cost, this.tokens, this.transcription, this.unknown);
  }

  tierDecided(fact) {
    const cost = fact.cost_estimate_usd ? ` (about $${Number(fact.cost_estimate_usd).toFixed(4)} more)` : '';
    if (fact.to) {
      view.tierReason(`Moving to ${fact.to}: ${fact.reason}${cost}`);
    } else if (fact.rung) {
      view.tierReason(`Climbed to ${fact.rung}: ${fact.reason}${cost}`);
      view.line('fact', `rung-${fact.at}`, `The call got more help: ${fact.rung}`);
    } else {
      view.tierReason(`Stays: ${fact.reason}`);
    }
  }

  tierChanged(fact) {
    view.markTier(fact.to);
    view.tierReason(byId('tier-reason').textContent.replace(/^Moving to/, 'Moved to') || `Moved to ${fact.to}`);
    view.line('fact', `tier-${fact.at}`, `The call moved from ${fact.from} to ${fact.to}`);
    const tier = bot.tiers.find(each => each.name === fact.to);
    if (tier) {
      view.showState('live', `Live on ${tier.model}`);
    }
  }

  ended(fact) {
    this.outcome = fact.outcome;
    view.showCost(Number(fact.cost_usd), fact.usage.total_tokens, Number(fact.transcription_cost_usd), fact.unknown_usages);
    const kind = fact.outcome.name === 'completed' ? 'good' : fact.outcome.name === 'failed' ? 'bad' : 'warn';
    view.notice(kind, `Call ${OUTCOMES[fact.outcome.name]}`, fact.outcome.reason);
    view.showState('ended', `Call ${OUTCOMES[fact.outcome.name]}`);
  }

  // The end.

  closed(code, reason, opened) {
    if (!opened) {
      view.showState('failed', 'No connection');
      view.notice('bad', 'The call could not begin', reason.includes('api_key')
        ? 'This server wants a key: add #key=YOUR_KEY to the address and reload.'
        : 'The server does not answer. Check that it is still running, then call again.');
    } else if (!this.outcome) {
      const known = OUTCOMES[reason];
      view.showState(known ? 'ended' : 'failed', known ? `Call ${known}` : 'Connection lost');
      if (!known && code !== 1000) {
        view.notice('bad', code === 1001 ? 'The server was stopped' : 'The connection was lost', 'Nothing was booked that the bot had not confirmed. Call again.');
      }
    }
    this.finish();
  }

  hangUp() {
    view.showState('ended', 'You hung up');
    this.realtime.hangUp();
    this.player.stop();
    this.finish();
  }

  finish() {
    this.over = true;
    if (this.caller) {
      this.caller.stop();
    }
    if (this.microphone) {
      this.microphone.close();
      this.microphone = undefined;
    }
    view.showTurn('');
    byId('mic').setAttribute('aria-pressed', 'false');
    byId('simulate').setAttribute('aria-pressed', 'false');
  }
}

function microphoneAdvice(problem) {
  switch (problem.name) {
    case 'NotAllowedError': return 'The browser refused it: allow the microphone for this page, then press Microphone.';
    case 'NotFoundError': return 'None was found: plug one in, then press Microphone.';
    default: return `It cannot be used: ${problem.message}.`;
  }
}

function start(mode) {
  if (current && !current.over) {
    return;
  }
  if (current) {
    current.unfollow?.();
    current.context.close();
  }
  view.clearNotice();
  view.clearCall();
  view.showState('connecting', 'Connecting …');
  byId('mic').hidden = false;
  byId('simulate').hidden = !bot.simulated_speech;
  current = new Call(mode);
}

byId('start-voice').onclick = () => start('voice');
byId('start-text').onclick = () => start('text');
byId('start-simulated').onclick = () => start('simulated');
byId('hangup').onclick = () => { current?.hangUp(); byId('start-text').focus(); };
byId('mic').onclick = () => current?.toggleMicrophone();
byId('simulate').onclick = () => current?.simulate();
byId('composer').onsubmit = event => {
  event.preventDefault();
  const text = byId('words').value.trim();
  if (text && current && !current.over) {
    byId('words').value = '';
    current.say(text);
  }
};

try {
  const answer = await fetch('/v1/bot');
  bot = await answer.json();
  view.showBot(bot);
} catch {
  view.notice('bad', 'The server does not answer', 'Check that it is still running, then reload this page.');
}
watchService();
watchTools(key);
if (bot.handovers) {
  watchHandovers();
}
if (bot.approvals) {
  watchApprovals();
}
if (bot.after_call) {
  watchAfterCalls();
}
