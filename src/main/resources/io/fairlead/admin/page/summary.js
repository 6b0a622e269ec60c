// The top of the page: is all well, in words, and why not; what is to be known of the program; the figures of everything.

import { byId, classed, element, keep, mark, write } from "./dom.js";
import { signFor } from "./icons.js";
import { toMember } from "./link.js";
import * as numbers from "./numbers.js";
import { Spark } from "./strips.js";
import { verdict } from "./verdict.js";
import * as words from "./words.js";

/** As many causes are named; the tables have all. */
const MOST_CAUSES = 6;
const MOST_ALERTS = 5;
const SIGNS = { well: "M7 12.5l3.4 3.4L17 8.8", notice: "M12 7v6.2M12 16.6v.3", trouble: "M12 6.6v7M12 17v.3" };
/** From here on the event loop is late, and the heap is nearly full. */
const LATE_MILLIS = 100;
const FULL_HEAP = 0.9;

const causes = new Map();
const alerts = new Map();
const tiles = new Map();
const sparks = new Map();

/** Shows a document; how many problems it tells of. */
export function showSummary(status) {
  const judged = verdict(status);
  showVerdict(judged, status.at);
  showAlerts(status.alerts ?? []);
  showProgram(status);
  showTraffic(status);
  showProcess(status.process);
  showTiles(status.pools);
  return judged.problems;
}

function showVerdict({ level, sentence, causes: members }, at) {
  mark(byId("verdict"), "data-level", level);
  mark(byId("sign"), "d", SIGNS[level]);
  write(byId("summary"), sentence);
  const named = new Map(members.slice(0, MOST_CAUSES).map(({ pool, member }) => [`${pool.name}/${member.id}`, { pool, member }]));
  keep(byId("causes"), causes, [...named.keys()], (key) => {
    const link = element("a", {}, key);
    const why = element("span");
    return { root: element("li", {}, link, why), link, why };
  });
  for (const [key, { pool, member }] of named) {
    const why = sentence.includes(member.reason) ? "" : `: ${member.reason}`;
    mark(causes.get(key).link, "href", toMember(pool.name, member.id));
    write(causes.get(key).why, ` ${words.trend(member, at)}${why}`);
  }
  write(byId("more"), members.length > MOST_CAUSES ? `and ${members.length - MOST_CAUSES} more` : "");
}

/** What a pool suffers stands in the sentence above and at the pool, what is on trial above with its buttons; here is the rest. */
function showAlerts(all) {
  const shown = all.filter((alert) => !(alert.pool && alert.level === "problem") && alert.kind !== "trial");
  const more = shown.length - MOST_ALERTS;
  const listed = shown.slice(0, more > 0 ? MOST_ALERTS : shown.length);
  if (more > 0) listed.push({ level: "notice", text: `and ${more} more` });
  const byText = new Map(listed.map((alert) => [`${alert.level} ${alert.text}`, alert]));
  keep(byId("alerts"), alerts, [...byText.keys()], (key) => {
    const { level, text } = byText.get(key);
    return { root: element("li", { "data-level": level === "problem" ? "trouble" : "notice" }, signFor("notice"), element("span", {}, text)) };
  });
}

function showProgram(status) {
  const { config } = status;
  write(byId("version"), status.version);
  write(byId("uptime"), `up ${numbers.duration(status.uptime_seconds)}`);
  write(byId("config"), config.file);
  write(byId("hash"), (config.hash ?? "").replace(/^sha256:/, "").slice(0, 8));
  mark(byId("hash"), "title", `Hash of the configuration: ${config.hash}`);
  const reload = config.last_reload;
  const said = reload ? `${reload.ok ? "reloaded" : "reload refused"} ${numbers.clock(reload.at, status.at)}` : `loaded ${numbers.clock(config.loaded_at, status.at)}`;
  write(byId("reload"), said);
  mark(byId("reload"), "title", reload?.message || null);
  classed(byId("reload"), "refused", reload?.ok === false);
}

function figure(name, text, note = "") {
  const root = document.querySelector(`[data-figure="${name}"]`);
  write(root.querySelector("b"), text);
  write(root.querySelector("small"), note);
  return root;
}

/** A figure's last minute. */
function spark(name, value) {
  let made = sparks.get(name);
  if (!made) {
    sparks.set(name, (made = new Spark()));
    document.querySelector(`[data-figure="${name}"]`).append(made.root);
  }
  made.take(value);
  made.show(Math.max(made.most(), 1e-9));
}

function showTraffic(status) {
  const members = status.pools.flatMap((pool) => pool.members);
  const sum = (list, key) => list.reduce((total, each) => total + (each[key] ?? 0), 0);
  const { latency_ms: latency } = status;
  figure("rate", numbers.rate(status.requests_per_second), numbers.known(status.requests_per_second_1m) ? `${numbers.rate(status.requests_per_second_1m)} in the last minute` : "");
  spark("rate", status.requests_per_second);
  figure("p99", numbers.withUnit(latency?.p99), `p50 ${numbers.withUnit(latency?.p50)}, max ${numbers.withUnit(latency?.max)}`);
  spark("p99", latency?.p99);
  const errors = figure("errors", numbers.errorShare(status.error_share_1m), numbers.known(status.errors_per_second_1m) ? `${numbers.rate(status.errors_per_second_1m)} a second are 5xx` : "5xx, last minute");
  classed(errors, "bad", status.error_share_1m >= 0.01);
  const waiting = sum(status.pools, "queue");
  figure("in_flight", numbers.count(sum(members, "in_flight")), waiting > 0 ? `${numbers.count(waiting)} waiting` : "none waiting");
  figure("connections", numbers.count(sum(status.listeners, "connections")), numbers.plural(status.listeners.length, "listener"));
}

function showProcess(process) {
  const lag = figure("lag", numbers.withUnit(process.event_loop_lag_p99_ms), numbers.known(process.event_loop_lag_max_ms) ? `max ${numbers.withUnit(process.event_loop_lag_max_ms)}` : "");
  classed(lag, "late", process.event_loop_lag_p99_ms >= LATE_MILLIS);
  figure("gc", numbers.withUnit(process.gc_pause_p99_ms), numbers.known(process.gc_pause_max_ms) ? `max ${numbers.withUnit(process.gc_pause_max_ms)}` : "");
  const most = process.heap_max_bytes;
  const heap = figure("heap", numbers.bytes(process.heap_bytes), [most > 0 ? `of ${numbers.bytes(most)}` : "", `direct ${numbers.bytes(process.direct_bytes)}`].filter(Boolean).join(", "));
  classed(heap, "late", most > 0 && process.heap_bytes / most >= FULL_HEAP);
}

/** Where there are several pools: each on a tile, and each of its members a square on it. */
function showTiles(pools) {
  byId("tiles").hidden = pools.length < 3;
  if (pools.length < 3) return;
  keep(byId("tiles"), tiles, pools.map((pool) => pool.name), (name) => {
    const link = element("a", { href: "#" });
    link.addEventListener("click", (event) => {
      event.preventDefault();
      document.querySelector(`[data-pool="${CSS.escape(name)}"]`)?.scrollIntoView({ block: "start" });
    });
    const [serving, squares, rate] = [element("span", { class: "serving" }), element("span", { class: "squares", "aria-hidden": "true" }), element("span", { class: "lesser" })];
    link.append(element("strong", {}, name), serving, squares, rate);
    return { root: element("li", {}, link), link, serving, squares, rate, members: new Map() };
  });
  for (const pool of pools) {
    const tile = tiles.get(pool.name);
    const serving = pool.members.filter((member) => words.standing(member) === "serves").length;
    const levels = pool.members.map(words.memberLevel);
    mark(tile.root, "data-level", pool.fail_open || !pool.can_serve || levels.includes("trouble") ? "trouble" : levels.includes("notice") ? "notice" : "well");
    write(tile.serving, `${serving} / ${pool.members.length}`);
    write(tile.rate, `${numbers.rate(pool.requests_per_second)} req/s · p99 ${numbers.withUnit(pool.latency_ms?.p99)}`);
    keep(tile.squares, tile.members, pool.members.map((member) => member.id), () => ({ root: element("i") }));
    for (const member of pool.members) {
      const square = tile.members.get(member.id).root;
      mark(square, "data-level", words.memberLevel(member));
      mark(square, "title", `${member.id}: ${words.state(member)}`);
    }
  }
}
