// The list of events: what happened, newest first. The status document says when there is something new; only that is asked for.

import { element, keep, signFor, write } from "./table.js";
import * as words from "./words.js";

const SOURCE = "/api/v1/events";
/** As many are shown; the API has a thousand. */
const MOST = 50;

export class EventList {
  /** Shows them in this list; `open` is called with the pool and the member whose name is chosen. */
  constructor(list, none, open) {
    this.list = list;
    this.none = none;
    this.open = open;
    this.events = new Map();
    this.shown = new Map();
    this.last = null;
    this.asking = false;
  }

  /** Asks for what is new, if the document says that there is. */
  async update(status) {
    if (this.asking || status.last_event === this.last) return;
    this.asking = true;
    try {
      // A smaller number than before is that of another program, which does not know ours.
      const known = this.last !== null && status.last_event > this.last ? this.last : null;
      const answer = await fetch(known === null ? `${SOURCE}?limit=${MOST}` : `${SOURCE}?limit=${MOST}&since=${known}`);
      if (!answer.ok) return;
      const { events } = await answer.json();
      if (known === null) this.events.clear();
      const all = [...events, ...this.events.values()].slice(0, MOST);
      this.events = new Map(all.map((event) => [event.id, event]));
      this.last = all.length > 0 ? all[0].id : status.last_event;
      this.show(status.at);
    } catch {
      // The page says itself when the connection is lost; the next document tries again.
    } finally {
      this.asking = false;
    }
  }

  show(at) {
    keep(this.list, this.shown, [...this.events.keys()], (id) => ({ root: this.line(this.events.get(id), at) }));
    this.none.hidden = this.events.size > 0;
  }

  line(event, at) {
    const { word, sign, level } = words.what(event);
    const who = event.pool ? (event.member ? `${event.pool}/${event.member}` : `pool ${event.pool}`) : "Fairlead";
    const name = event.member ? element("button", { type: "button", class: "who link" }, who) : element("span", { class: "who" }, who);
    if (event.member) name.addEventListener("click", () => this.open(event.pool, event.member));
    const time = element("time", { datetime: event.at, title: event.at });
    write(time, words.clock(event.at, at));
    return element("li", { "data-level": level, "data-kind": event.kind }, time, signFor(sign), name,
      element("span", { class: "what" }, word), element("span", { class: "why" }, event.reason ?? ""));
  }
}
