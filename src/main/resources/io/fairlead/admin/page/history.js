// The history of one member: a dialog with its last probes as a strip, the rules that it is judged by, and all that became
// of it with the reasons. It is read anew, while it is open, when the status document shows that there is more.

import { element, signFor, write } from "./table.js";
import * as words from "./words.js";

const STRIP = 60;

export class HistoryDialog {
  constructor(dialog) {
    const part = (name) => dialog.querySelector(`[data-part="${name}"]`);
    this.dialog = dialog;
    this.parts = Object.fromEntries(
      ["title", "sign", "state", "reason", "check", "verdict", "strip", "counted", "rules", "timeline"].map((name) => [name, part(name)]),
    );
    this.parts.check.addEventListener("click", () => this.check());
    part("close").addEventListener("click", () => dialog.close());
    // What surrounds a dialog belongs to it; a click there closes it.
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("close", () => (this.key = null));
    this.key = null;
  }

  open(pool, member) {
    this.key = { pool, member };
    this.path = `/api/v1/pools/${encodeURIComponent(pool)}/members/${encodeURIComponent(member)}`;
    this.seen = null;
    write(this.parts.title, `${pool}/${member}`);
    for (const name of ["state", "reason", "verdict", "counted"]) write(this.parts[name], "");
    for (const name of ["sign", "strip", "rules", "timeline"]) this.parts[name].replaceChildren();
    this.parts.check.hidden = true;
    this.dialog.showModal();
    this.read();
  }

  /** Reads again what changed since. */
  update(status) {
    if (!this.key) return;
    const pool = status.pools.find((each) => each.name === this.key.pool);
    const member = pool?.members.find((each) => each.id === this.key.member);
    const seen = member && JSON.stringify([member.health, member.admin, member.since, member.reason, member.probe?.at, status.last_event]);
    if (seen && seen !== this.seen) {
      this.seen = seen;
      this.read();
    }
  }

  async read() {
    const { key } = this;
    try {
      const answer = await fetch(`${this.path}/health`);
      const body = await answer.json();
      if (this.key !== key) return;
      if (answer.ok) this.show(body);
      else write(this.parts.reason, body.detail);
    } catch {
      // The page says itself when the connection is lost; the next document tries again.
    }
  }

  show(health) {
    const { sign, state, reason, check, rules } = this.parts;
    this.dialog.dataset.level = words.level(health.health, health.admin);
    sign.replaceChildren(signFor(words.shownState(health)));
    write(state, `${words.shownState(health)} for ${words.duration(words.between(health.since, health.at))}:`);
    write(reason, words.reason(health));
    check.hidden = health.rules.probes === null;
    if (rules.childElementCount === 0) rules.append(...health.rules.in_words.map((rule) => element("li", {}, rule)));
    this.showStrip(health.entries.filter((entry) => entry.kind === "probe"), health.at);
    this.parts.timeline.replaceChildren(...words.grouped(health.entries).map((group) => line(group, health.at)));
  }

  showStrip(probes, at) {
    const last = probes.slice(0, STRIP).reverse();
    const failed = last.filter((probe) => probe.result === "failed").length;
    this.parts.strip.parentElement.hidden = last.length === 0;
    this.parts.strip.replaceChildren(
      ...last.map((probe) => element("span", { "data-result": probe.result, title: `${words.clock(probe.at, at)} ${probe.result}: ${probe.detail}` })),
    );
    const counted = `The last ${last.length === 1 ? "probe" : `${last.length} probes`}, newest on the right: ${last.length - failed} passed, ${failed} failed`;
    this.parts.strip.setAttribute("aria-label", counted);
    write(this.parts.counted, counted);
  }

  /** One probe now. */
  async check() {
    const { key } = this;
    const { check, verdict } = this.parts;
    check.disabled = true;
    write(verdict, "Probing …");
    try {
      const answer = await fetch(`${this.path}/check`, { method: "POST" });
      const body = await answer.json();
      if (this.key !== key) return;
      write(verdict, answer.ok ? `${body.entry.result}: ${body.entry.detail}. By the rules, ${body.verdict}.` : body.detail);
      await this.read();
    } catch {
      write(verdict, "There was no answer.");
    } finally {
      check.disabled = false;
    }
  }
}

function line({ entries: [entry], count }, at) {
  const time = element("time", { datetime: entry.at, title: entry.at }, words.clock(entry.at, at));
  if (entry.kind === "probe") {
    const what = count > 1 ? `${count} probes ${entry.result}` : `probe ${entry.result}`;
    const why = count > 1 ? `the last: ${entry.detail}` : `${entry.detail} (${entry.count})`;
    return element("li", { class: "minor", "data-level": entry.result === "failed" ? "trouble" : "calm" }, time,
      signFor(entry.result), element("span", { class: "what" }, what), element("span", { class: "why" }, why));
  }
  const { word, sign, level } = words.what({ ...entry, to: entry.result, kind: entry.source === "operator" ? "order" : entry.kind });
  return element("li", { "data-level": level }, time, signFor(sign), element("span", { class: "what" }, word), element("span", { class: "why" }, entry.reason));
}
