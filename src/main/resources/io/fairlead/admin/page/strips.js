// The small drawings in a member's row: its last probes, its requests, its share, and its last hour by the minute.

import { drawn, mark, write } from "./dom.js";
import { minute, percent, plural, withUnit } from "./numbers.js";

const PROBES = 60;
/** Seconds of requests that are remembered and drawn. */
const RATES = 60;
/** Shades of a heat strip, as the style sheet has them. */
const SHADES = 7;
/** A strip's shades span this much at least, so that what is even looks even. */
const LEAST_SPAN = 8;

function strip(name, width, height, ...parts) {
  return drawn("svg", { class: `drawing ${name}`, viewBox: `0 0 ${width} ${height}`, preserveAspectRatio: "none", role: "img" }, ...parts);
}

/** The last probes, the newest on the right: half a bar for one that passed, a whole one for one that failed. */
export class ProbeStrip {
  constructor() {
    this.passed = drawn("path", { class: "passed" });
    this.failed = drawn("path", { class: "failed" });
    this.root = strip("probes", PROBES * 2, 14, this.passed, this.failed);
  }

  /** Each letter is a probe, the oldest first: `p` passed, `f` failed. */
  show(probes) {
    this.root.style.visibility = probes ? "visible" : "hidden";
    if (this.shown === probes) return;
    this.shown = probes;
    let [passed, failed, failures] = ["", "", 0];
    const first = PROBES - probes.length;
    for (let i = 0; i < probes.length; i++) {
      const x = (first + i) * 2;
      if (probes[i] === "f") {
        failed += `M${x} 0h1.4v14h-1.4z`;
        failures++;
      } else {
        passed += `M${x} 7h1v7h-1z`;
      }
    }
    mark(this.passed, "d", passed);
    mark(this.failed, "d", failed);
    const last = probes.length === 1 ? "The last probe" : `The last ${probes.length} probes, newest on the right`;
    mark(this.root, "aria-label", `${last}: ${probes.length - failures} passed, ${failures} failed`);
  }
}

/** Requests per second over the last minute. */
export class Spark {
  constructor() {
    this.values = [];
    this.line = drawn("path", { class: "line" });
    this.area = drawn("path", { class: "area" });
    this.root = drawn("svg", { class: "drawing spark", viewBox: `0 0 ${RATES - 1} 16`, preserveAspectRatio: "none", "aria-hidden": "true" }, this.area, this.line);
  }

  /** Remembers one more second. */
  take(value) {
    this.values.push(value ?? 0);
    if (this.values.length > RATES) this.values.shift();
  }

  /** The most of the seconds that are remembered. */
  most() {
    return this.values.reduce((most, value) => Math.max(most, value), 0);
  }

  /** Draws them below this height. */
  show(top) {
    const first = RATES - this.values.length;
    let path = "";
    for (let i = 0; i < this.values.length; i++) {
      path += `${i === 0 ? "M" : "L"}${first + i} ${(15.2 - (this.values[i] / top) * 14.4).toFixed(1)}`;
    }
    mark(this.line, "d", path);
    mark(this.area, "d", path && `${path}V16H${first}Z`);
  }
}

/** A member's share of its pool's requests as a bar, with a tick where it should be. */
export class ShareBar {
  constructor() {
    this.fill = drawn("rect", { class: "fill", y: 4, height: 6, rx: 1 });
    this.tick = drawn("rect", { class: "tick", y: 0, height: 14, width: 1.6 });
    const track = drawn("rect", { class: "track", y: 4, height: 6, width: 60, rx: 1 });
    this.root = strip("share", 60, 14, track, this.fill, this.tick);
  }

  /** The whole width is `most`. */
  show(share, expected, most) {
    mark(this.fill, "width", (((share ?? 0) / most) * 60).toFixed(1));
    mark(this.tick, "x", (((expected ?? 0) / most) * 60 - 0.8).toFixed(1));
    mark(this.tick, "visibility", expected > 0 ? "visible" : "hidden");
    mark(this.root, "aria-label", `${percent(share)} of the requests; ${percent(expected)} would be its share by weight`);
  }
}

/** What the shades of a pool's heat strips stand for: the least and the most p99, apart by a certain factor at least. */
export function heatScale(members) {
  const all = members.flatMap((member) => member.p99.filter((value) => value > 0));
  const least = all.reduce((low, value) => Math.min(low, value), Infinity);
  return { least, most: Math.max(all.reduce((high, value) => Math.max(high, value), 0), least * LEAST_SPAN) };
}

/** The p99 of each minute of the last hour: the slower, the stronger its cell; none where nothing was answered. */
export class HeatStrip {
  constructor() {
    this.title = drawn("title");
    this.shades = Array.from({ length: SHADES }, (_, shade) => drawn("path", { class: `shade-${shade + 1}` }));
    this.root = strip("heat", 60, 1, this.title, ...this.shades);
    this.root.addEventListener("pointermove", (event) => this.say(event));
    this.root.style.visibility = "hidden";
  }

  show(member, history, scale) {
    this.member = member;
    this.history = history;
    const answered = member.p99.filter((value) => value !== null);
    this.root.style.visibility = answered.length > 0 ? "visible" : "hidden";
    const paths = Array(SHADES).fill("");
    member.p99.forEach((value, i) => {
      if (value === null) return;
      const place = Math.log(value / scale.least) / Math.log(scale.most / scale.least);
      const shade = Math.min(SHADES - 1, Math.max(0, Math.floor(place * SHADES)));
      paths[Number.isFinite(place) ? shade : 0] += `M${i} 0h1v1h-1z`;
    });
    const width = Math.max(1, member.p99.length);
    mark(this.root, "viewBox", `0 0 ${width} 1`);
    this.shades.forEach((path, shade) => mark(path, "d", paths[shade]));
    const low = answered.reduce((least, value) => Math.min(least, value), Infinity);
    const high = answered.reduce((most, value) => Math.max(most, value), 0);
    mark(this.root, "aria-label", `p99 by the minute, last hour: ${withUnit(low)} to ${withUnit(high)}`);
  }

  /** What the cell below the pointer stands for. */
  say(event) {
    const { p99, max, count } = this.member;
    const i = Math.min(p99.length - 1, Math.max(0, Math.floor((event.offsetX / this.root.clientWidth) * p99.length)));
    const time = minute(Date.parse(this.history.from) / 1000 + i * this.history.step_seconds);
    const what = count[i] > 0 ? `${plural(count[i], "request")}, p99 ${withUnit(p99[i])}, max ${withUnit(max[i])}` : "nothing was answered";
    write(this.title, `${time}: ${what}`);
  }
}
