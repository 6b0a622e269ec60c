// What the operator may change of the whole: the file taken anew, with its plan shown first; what is on trial kept or gone back
// on; and a member added to a pool.

import { byId, element, write } from "./dom.js";
import { clock, percent, plural } from "./numbers.js";
import { ask } from "./request.js";

const CONFIG = "/api/v1/config";
const SIGNS = { added: "+", removed: "−", changed: "~" };

/** The parts of a dialog, which is closed by its button, and sent by `carryOut`. */
function question(id, names, carryOut) {
  const dialog = byId(id);
  const parts = Object.fromEntries([...names, "problem", "cancel", "confirm"].map((name) => [name, dialog.querySelector(`[data-part="${name}"]`)]));
  parts.cancel.addEventListener("click", () => dialog.close());
  dialog.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    parts.confirm.disabled = true;
    const { ok, detail, body } = await carryOut();
    parts.confirm.disabled = false;
    if (ok) dialog.close();
    else write(parts.problem, said(detail, body));
  });
  return { dialog, ...parts };
}

/** A refusal with all its reasons. */
function said(detail, body) {
  return [detail, ...(body?.errors ?? [])].join("\n");
}

export class Changes {
  constructor() {
    this.reload = question("reload-question", ["title", "what", "changes", "touched", "trial"], () => {
      const condition = this.reload.trial.value ? `?confirm=${this.reload.trial.value}` : "";
      return ask("POST", `${CONFIG}/reload${condition}`, undefined, this.tag);
    });
    this.add = question("add", ["title", "address", "id", "weight", "tier"], () => {
      const { address, id, weight, tier } = this.add;
      const member = { address: address.value.trim(), weight: Number(weight.value), tier: Number(tier.value) };
      if (id.value.trim()) member.id = id.value.trim();
      return ask("POST", `/api/v1/pools/${encodeURIComponent(this.pool)}/members`, member);
    });
    byId("reload-now").addEventListener("click", () => this.plan());
    byId("confirm-trial").addEventListener("click", () => this.settle("confirm"));
    byId("end-trial").addEventListener("click", () => this.settle("rollback"));
  }

  /** Shows what is on trial. */
  update({ config, at }) {
    const trial = config.on_trial;
    byId("trial").hidden = !trial;
    if (!trial) {
      write(byId("trial-problem"), "");
      return;
    }
    const over = trial.rollback_over === null ? "" : `, or at once if more than ${percent(trial.rollback_over)} of the requests fail (now ${percent(trial.errors_now)})`;
    write(byId("trial-text"), `A new configuration is on trial. It goes back at ${clock(trial.until, at)}${over}, unless you confirm it.`);
  }

  async settle(how) {
    const buttons = byId("trial").querySelectorAll("button");
    for (const button of buttons) button.disabled = true;
    const { ok, detail } = await ask("POST", `${CONFIG}/${how}`);
    for (const button of buttons) button.disabled = false;
    write(byId("trial-problem"), ok ? "" : detail);
  }

  /** Asks what a reload would change, and then whether to do it. */
  async plan() {
    const { dialog, title, what, changes, touched, trial, problem, confirm } = this.reload;
    byId("reload-now").disabled = true;
    const { ok, body, detail, tag } = await ask("POST", `${CONFIG}/plan`);
    byId("reload-now").disabled = false;
    this.tag = tag;
    write(title, ok ? `Reload ${body.file}?` : "Reload");
    write(what, !ok ? "" : body.same ? "The file says what is in force already: nothing would change." : `${plural(body.changes.length, "change")}:`);
    write(problem, ok ? "" : said(detail, body));
    changes.replaceChildren(...(ok ? body.changes : []).map(difference));
    touched.replaceChildren(...(ok ? consequences(body) : []).map((line) => element("li", {}, line)));
    trial.value = "";
    trial.parentElement.hidden = confirm.hidden = !ok;
    dialog.showModal();
    (ok ? confirm : this.reload.cancel).focus();
  }

  /** Asks for a member of this pool. */
  member(pool) {
    const { dialog, title, address, id, weight, tier, problem } = this.add;
    this.pool = pool;
    write(title, `Add a member to pool ${pool}`);
    write(problem, "");
    [address.value, id.value, weight.value, tier.value] = ["", "", "1", "0"];
    dialog.showModal();
    address.focus();
  }
}

function difference({ change, path, from, to }) {
  const value = change === "changed" ? `: ${from} → ${to}` : to || from ? ` = ${to || from}` : "";
  return element("li", { "data-change": change }, `${SIGNS[change]} ${path}${value}`);
}

/** What is touched by it, in words. */
function consequences({ listeners, pools, drift, warnings }) {
  const lines = listeners.filter(({ step }) => step !== "kept").map(({ name, address, step, connections }) =>
    `Listener ${name}, ${address}, is ${step}; ${plural(connections, "connection")} there now.`);
  for (const pool of pools.filter(({ step }) => step !== "kept")) {
    const members = ["added", "removed", "changed"].filter((step) => pool[step].length > 0).map((step) => `${step} ${pool[step].join(", ")}`);
    const flight = pool.in_flight > 0 ? [`${plural(pool.in_flight, "request")} in flight may finish`] : [];
    const keys = pool.moved_keys > 0 ? [`${percent(pool.moved_keys)} of the keys lead elsewhere`] : [];
    lines.push(`Pool ${pool.name}: ${[...(members.length > 0 ? members : [pool.step]), ...flight, ...keys].join("; ")}.`);
  }
  for (const { pool, member, words, kept } of drift) lines.push(`Ordered, and ${kept ? "stays so" : "ends"}: ${pool}/${member}, ${words}.`);
  return [...lines, ...warnings.map((warning) => warning.split("\n")[0])];
}
