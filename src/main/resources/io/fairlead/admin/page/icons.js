// The signs of states, of events and of results of probes: a shape of its own for each, for colour is never the only sign.

import { drawn } from "./dom.js";

const SIGNS = {
  up: "M4 8.5l2.8 2.8L12 5.5",
  falling: "M8 4.5v5M8 11.6v.2",
  down: "M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6",
  rising: "M8 11.5v-7M5 7.2l3-2.9 3 2.9",
  checking: "M4.6 8h.2M8 8h.2M11.4 8h.2",
  ejected: "M4.8 8h6.4",
  standby: "M8 4.4v3.8l2.4 1.6",
  unresolved: "M6 6.2c0-2.6 4-2.6 4 0 0 1.6-2 1.6-2 3.2M8 11.6v.2",
  drain: "M8 4.5v7M5 8.8l3 2.9 3-2.9",
  maintenance: "M6.3 5v6M9.7 5v6",
};

const ALIASES = {
  passed: "up",
  failed: "down",
  ready: "up",
  well: "up",
  remark: "falling",
  notice: "falling",
  problem: "falling",
  "fail-open": "falling",
  "by-health": "up",
  tiers: "standby",
  added: "rising",
  removed: "drain",
  start: "rising",
  stop: "drain",
};

/** The path of a sign, in a square of 16. */
export function shape(word) {
  return SIGNS[word] ?? SIGNS[ALIASES[word]] ?? SIGNS.unresolved;
}

/** A sign in its circle; its words stand beside it. */
export function signFor(word) {
  const circle = drawn("circle", { cx: 8, cy: 8, r: 7.2 });
  return drawn("svg", { viewBox: "0 0 16 16", class: "icon", "aria-hidden": "true" }, circle, drawn("path", { d: shape(word) }));
}
