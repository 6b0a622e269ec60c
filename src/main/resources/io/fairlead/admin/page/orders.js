// What the operator may do to a member: a menu, a question before each change, and what became of it.

import { byId, element, mark, write } from "./dom.js";
import { signFor } from "./icons.js";
import { plural } from "./numbers.js";
import { ask, memberPath } from "./request.js";
import * as words from "./words.js";

const TITLES = { ready: "Make ready", drain: "Drain", maintenance: "Maintenance", weight: "Weight …", remove: "Remove …" };
const QUESTIONS = { ready: "Make %s ready?", drain: "Drain %s?", maintenance: "Take %s out for maintenance?", weight: "Change the weight of %s?", remove: "Remove %s?" };
const BUTTONS = { ready: "Make ready", drain: "Drain", maintenance: "Take out", weight: "Set weight", remove: "Remove" };

export class Orders {
  constructor() {
    this.dialog = byId("order");
    this.form = this.dialog.querySelector("form");
    this.parts = Object.fromEntries(["title", "what", "warning", "weight", "number", "problem", "confirm"].map((name) => [name, this.dialog.querySelector(`[data-part="${name}"]`)]));
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.carryOut();
    });
    this.dialog.querySelector('[data-part="cancel"]').addEventListener("click", () => this.dialog.close());
    this.list = byId("menu");
    this.list.addEventListener("keydown", (event) => this.walk(event));
    addEventListener("scroll", () => this.list.matches(":popover-open") && this.list.hidePopover(), { passive: true });
  }

  /** Keeps what is known of all members. */
  update(status) {
    this.status = status;
  }

  find(pool, id) {
    const found = this.status?.pools.find((each) => each.name === pool);
    return { pool: found, member: found?.members.find((each) => each.id === id) };
  }

  /** What can be done to a member as it is now. */
  possible(member) {
    return ["ready", "drain", "maintenance", "weight", "remove"].filter((order) => order !== member.admin);
  }

  /** Opens the menu below a button. */
  menu(button, pool, id) {
    const { member } = this.find(pool, id);
    if (!member) return;
    const entry = (text, sign, act) => {
      const made = element("button", { type: "button", role: "menuitem" }, signFor(sign), text);
      made.addEventListener("click", () => {
        this.list.hidePopover();
        button.focus();
        act();
      });
      return made;
    };
    this.list.replaceChildren(
      ...this.possible(member).map((order) => entry(TITLES[order], { weight: "tiers", remove: "ejected" }[order] ?? order, () => this.question(order, pool, id))),
      entry("Check now", "checking", () => this.onCheck?.(pool, id)),
    );
    mark(this.list, "aria-label", `Actions for ${pool}/${id}`);
    const place = button.getBoundingClientRect();
    this.list.showPopover();
    const { offsetWidth: width, offsetHeight: height } = this.list;
    const below = place.bottom + 4 + height < innerHeight;
    this.list.style.left = `${Math.max(8, place.right - width)}px`;
    this.list.style.top = `${below ? place.bottom + 4 : Math.max(8, place.top - 4 - height)}px`;
    this.list.firstElementChild.focus({ preventScroll: true });
  }

  walk(event) {
    const all = [...this.list.children];
    const at = all.indexOf(document.activeElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[next % all.length].focus();
  }

  /** Asks whether to do it, and says what that means. */
  question(order, pool, id) {
    const { pool: all, member } = this.find(pool, id);
    if (!member) return;
    this.order = { order, pool, id };
    const { title, what, warning, weight, number, problem, confirm } = this.parts;
    write(title, QUESTIONS[order].replace("%s", () => `${pool}/${id}`));
    write(what, meaning(order, member));
    write(warning, lastOne(order, all, member));
    write(problem, "");
    write(confirm, BUTTONS[order]);
    weight.hidden = order !== "weight";
    number.disabled = order !== "weight";
    number.value = member.weight;
    confirm.disabled = false;
    this.dialog.showModal();
    (order === "weight" ? number : confirm).focus();
    if (order === "weight") number.select();
  }

  async carryOut() {
    const { order, pool, id } = this.order;
    const { number, problem, confirm } = this.parts;
    const body = order === "weight" ? { weight: Number(number.value) } : { admin: order };
    confirm.disabled = true;
    const { ok, detail } = order === "remove" ? await ask("DELETE", memberPath(pool, id)) : await ask("PATCH", memberPath(pool, id), body);
    confirm.disabled = false;
    if (ok) this.dialog.close();
    else write(problem, detail);
  }
}

function meaning(order, member) {
  const finish = member.in_flight > 0 ? ` ${plural(member.in_flight, "request")} in flight will finish.` : "";
  switch (order) {
    case "drain":
      return `It gets no new requests, but for those of sessions that began here.${finish}`;
    case "maintenance":
      return `It gets no requests at all, and is not counted as trouble.${finish}`;
    case "remove":
      return `It is no longer a member of its pool, and is not probed.${finish} One of the file comes back when Fairlead is started anew.`;
    case "ready":
      return member.health === "up" ? "It gets requests again." : `It gets requests again when it is well; now it is ${member.health}: ${member.reason}.`;
    default:
      return "How many requests it gets, compared with its peers. It lasts until Fairlead is started anew; the file stays as it is.";
  }
}

/** Says it when nobody else would be left. */
function lastOne(order, pool, member) {
  const takesOut = order === "drain" || order === "maintenance" || order === "remove";
  const others = pool.members.some((each) => each !== member && ["serves", "standby"].includes(words.standing(each)));
  return takesOut && !others ? `No other member of pool ${pool.name} can serve: its requests will be answered 503.` : "";
}
