// Sounds made by Web Audio; no files.

import { NOTES } from "./sounds.js";

const ATTACK_S = 0.008;
const GLIDE_S = 0.06; // how fast the steady tone changes
const STEADY = { calm: 0.05, rough: 0.09 };
const ROUGH_HZ = 32; // how fast the rough tone beats

export class Synth {
  constructor() {
    this.audio = new AudioContext({ latencyHint: "interactive" });
    this.master = this.audio.createGain();
    this.master.connect(this.audio.destination);
    this.held = null;
  }

  /** Whether the browser lets us be heard; a tap or key may be needed first. */
  get allowed() {
    return this.audio.state === "running";
  }

  allow() {
    return this.audio.resume();
  }

  set volume(value) {
    this.master.gain.setTargetAtTime(value, this.audio.currentTime, 0.02);
  }

  /** Play a sound of `NOTES`, `after` seconds from now. */
  play(name, after = 0) {
    const from = this.audio.currentTime + Math.max(0, after);
    for (const [pitch, start, length, loudness] of NOTES[name]) {
      this.note(pitch, from + start, length, loudness);
    }
  }

  note(pitch, start, length, loudness) {
    const tone = this.audio.createOscillator();
    const gain = this.audio.createGain();
    tone.type = "triangle";
    tone.frequency.value = pitch;
    gain.gain.setValueAtTime(0, start);
    gain.gain.linearRampToValueAtTime(0.5 * loudness, start + ATTACK_S);
    gain.gain.exponentialRampToValueAtTime(0.0005, start + length + 0.06);
    tone.connect(gain).connect(this.master);
    tone.start(start);
    tone.stop(start + length + 0.1);
  }

  /** The steady tone: `calm`, `rough` or null for none. */
  hold(kind) {
    if (kind === this.held) return;
    this.held = kind;
    this.steady ??= this.makeSteady();
    const now = this.audio.currentTime;
    for (const [name, gain] of Object.entries(this.steady)) {
      gain.gain.setTargetAtTime(name === kind ? STEADY[name] : 0, now, GLIDE_S);
    }
  }

  /** A soft fifth, and the same made rough by a fast beat. */
  makeSteady() {
    const [calm, rough, beat] = [0, 0, 0].map(() => this.audio.createGain());
    calm.gain.value = rough.gain.value = 0;
    beat.gain.value = 0.5;
    const wobble = this.audio.createOscillator();
    const depth = this.audio.createGain();
    wobble.frequency.value = ROUGH_HZ;
    depth.gain.value = 0.5;
    wobble.connect(depth).connect(beat.gain);
    wobble.start();
    for (const [pitch, type, out] of [
      [196, "sine", calm], [294, "sine", calm], [185, "sawtooth", beat], [196, "sawtooth", beat],
    ]) {
      const tone = this.audio.createOscillator();
      Object.assign(tone, { type });
      tone.frequency.value = pitch;
      tone.connect(out);
      tone.start();
    }
    beat.connect(rough);
    calm.connect(this.master);
    rough.connect(this.master);
    return { calm, rough };
  }
}
