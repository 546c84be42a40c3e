// Joins what happens on the rig with what is heard.

import { language, text } from "../messages.js";
import { Settings } from "./settings.js";
import { balanceTone, beats, contactSounds, kindOf, soundsOfChange } from "./sounds.js";
import { Synth } from "./synth.js";

const AHEAD_S = 0.15; // beats are handed to the audio clock so long before they sound

export class Sound {
  /** `atOnce`: without waiting for a tap or key, where the browser was started to allow that. */
  constructor(atOnce) {
    this.settings = new Settings();
    this.synth = null;
    this.beatsUntil = -Infinity;
    this.rigMuted = false;
    if (atOnce) this.allow();
  }

  /** Whether the browser lets us be heard. */
  get allowed() {
    return this.synth?.allowed ?? false;
  }

  /** Begin to be heard; a browser wants a tap or key for it. */
  async allow() {
    this.synth ??= new Synth();
    await this.synth.allow();
    this.apply();
  }

  /** Put changed settings into force. */
  apply() {
    if (this.synth) this.synth.volume = this.settings.volume;
    if (this.settings.muted) window.speechSynthesis?.cancel();
    this.settings.keep();
  }

  play(name, after = 0) {
    if (this.allowed && !this.rigMuted && this.settings.hears(kindOf(name))) this.synth.play(name, after);
  }

  change(state, before) {
    this.rigMuted = state.muted;
    for (const name of soundsOfChange(state, before)) this.play(name);
  }

  frames(frames, state) {
    for (const frame of frames) {
      for (const name of contactSounds(frame, this.last, state)) this.play(name);
      this.last = frame;
    }
  }

  cue(name) {
    if (this.rigMuted || !this.settings.hearsCue(name)) return;
    this.play("cue");
    if (this.settings.hears("speech")) speak(text(`cue.${name}`));
  }

  /** Called with every picture: the steady tone, and the beats that come next. */
  follow(frame, state, now) {
    const quiet = this.rigMuted || !this.settings.hears("balance") || !frame;
    this.synth?.hold(quiet ? null : balanceTone(frame, state));
    if (now === null) return;
    const from = Math.max(now, this.beatsUntil);
    for (const [at, name] of beats(state, from, now + AHEAD_S)) this.play(name, at - now);
    this.beatsUntil = now + AHEAD_S;
  }
}

/** Through the browser's own voice, where it has one; the newest sentence wins. */
function speak(sentence) {
  const voice = window.speechSynthesis;
  if (!voice || !sentence) return;
  const said = new SpeechSynthesisUtterance(sentence);
  said.lang = language;
  voice.cancel();
  voice.speak(said);
}
