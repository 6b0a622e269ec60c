// The list of events: what happened, newest first. The status document says when there is something new; only that is asked for.

import { element, keep } from "./dom.js";
import { signFor } from "./icons.js";
import { current, toMember } from "./link.js";
import { clock } from "./numbers.js";
import * as words from "./words.js";

const SOURCE = "/api/v1/events";
/** As many are shown; the API has a thousand. */
const MOST = 50;

export class EventList {
  /** Shows them in this list, or else what says that there are none. */
  constructor(list, none) {
    this.list = list;
    this.none = none;
    this.events = new Map();
    this.shown = new Map();
    this.last = null;
    this.pool = "";
    this.asking = false;
  }

  /** Asks for what is new, if the document says that there is, or for those of another pool, if that is chosen. */
  async update(status) {
    this.status = status;
    const { pool } = current();
    if (this.asking || (status.last_event === this.last && pool === this.pool)) return;
    this.asking = true;
    try {
      // A smaller number than before is that of another program, which does not know ours.
      const known = this.last !== null && status.last_event > this.last && pool === this.pool ? this.last : null;
      const query = new URLSearchParams({ limit: MOST, ...(pool ? { pool } : {}), ...(known === null ? {} : { since: known }) });
      const answer = await fetch(`${SOURCE}?${query}`);
      if (!answer.ok) return;
      const { events } = await answer.json();
      if (known === null) this.events.clear();
      this.events = new Map([...events, ...this.events.values()].slice(0, MOST).map((event) => [event.id, event]));
      this.last = Math.max(status.last_event, events[0]?.id ?? 0);
      this.pool = pool;
      this.show(status.at);
    } catch {
      // The page says itself when the connection is lost; the next document tries again.
    } finally {
      this.asking = false;
    }
  }

  /** Shows those of the pool that is chosen now. */
  review() {
    if (this.status) this.update(this.status);
  }

  show(at) {
    keep(this.list, this.shown, [...this.events.keys()], (id) => ({ root: line(this.events.get(id), at) }));
    this.none.hidden = this.events.size > 0;
  }
}

function line(event, at) {
  const { word, sign, level } = words.what(event);
  const who = event.pool ? (event.member ? `${event.pool}/${event.member}` : `pool ${event.pool}`) : "Fairlead";
  const name = event.member ? element("a", { class: "who", href: toMember(event.pool, event.member) }, who) : element("span", { class: "who" }, who);
  const time = element("time", { datetime: event.at, title: event.at }, clock(event.at, at));
  return element("li", { "data-level": level, "data-kind": event.kind }, time, signFor(sign), name,
    element("span", { class: "what" }, word), element("span", { class: "why" }, event.reason ?? ""));
}
