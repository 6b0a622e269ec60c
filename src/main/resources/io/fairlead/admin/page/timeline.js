// How a member came to be as it is: the rules that it is judged by, and all its probes and changes with their reasons.

import { element, write } from "./dom.js";
import { signFor } from "./icons.js";
import { clock } from "./numbers.js";
import { ProbeStrip } from "./strips.js";
import * as words from "./words.js";

export class Timeline {
  /** Shows it in what has these parts: `strip`, `counted`, `timeline` and `rules`. */
  constructor(parts) {
    this.parts = parts;
    this.strip = new ProbeStrip();
    parts.strip.append(this.strip.root);
  }

  clear() {
    this.strip.show("");
    write(this.parts.counted, "");
    this.parts.rules.replaceChildren();
    this.parts.timeline.replaceChildren();
  }

  /** Shows what `/health` answered, and below it those of the member's events that are older. */
  show(health, events) {
    this.parts.rules.replaceChildren(...health.rules.in_words.map((rule) => element("li", {}, rule)));
    const probes = health.entries.filter((entry) => entry.kind === "probe").slice(0, 60).reverse();
    const failed = probes.filter((probe) => probe.result === "failed").length;
    this.strip.show(probes.map((probe) => (probe.result === "failed" ? "f" : "p")).join(""));
    this.parts.strip.hidden = probes.length === 0;
    const last = probes.length === 1 ? "The last probe" : `The last ${probes.length} probes, newest on the right`;
    write(this.parts.counted, probes.length === 0 ? "Nothing was probed yet." : `${last}: ${probes.length - failed} passed, ${failed} failed`);
    this.parts.timeline.replaceChildren(...words.grouped([...health.entries, ...older(health.entries, events)]).map((group) => line(group, health.at)));
  }
}

/** Events as entries of the history, from before its oldest one. */
function older(entries, events) {
  const oldest = entries.length > 0 ? Date.parse(entries[entries.length - 1].at) : Infinity;
  return events.filter((event) => Date.parse(event.at) < oldest).map((event) => ({ ...event, result: event.to }));
}

function line({ entries: [entry], count }, at) {
  const time = element("time", { datetime: entry.at, title: entry.at }, clock(entry.at, at));
  if (entry.kind === "probe") {
    const what = count > 1 ? `${count} probes ${entry.result}` : `probe ${entry.result}`;
    const why = count > 1 ? `the last: ${entry.detail}` : `${entry.detail} (${entry.count})`;
    return element("li", { class: "minor", "data-level": entry.result === "failed" ? "trouble" : "calm" }, time,
      signFor(entry.result), element("span", { class: "what" }, what), element("span", { class: "why" }, why));
  }
  const { word, sign, level } = words.what({ ...entry, to: entry.result, kind: entry.source === "operator" ? "order" : entry.kind });
  return element("li", { "data-level": level }, time, signFor(sign), element("span", { class: "what" }, word), element("span", { class: "why" }, entry.reason ?? ""));
}
