// How the state of members and pools, and what became of them, is put into words. Nothing here touches the page.

import { between, count, duration, known, percent } from "./numbers.js";

const NO_BREAK = "\u00a0";
const LEVELS = { up: "well", falling: "notice", rising: "notice", checking: "notice", ready: "well", drain: "notice", maintenance: "notice" };

/** All states that a member can be shown in, the worst first. */
export const STATES = ["down", "ejected", "unresolved", "rising", "falling", "checking", "maintenance", "drain", "standby", "up"];

/**
 * How a member stands in its pool: it "serves", is on "standby" behind better tiers, is "out", is still "checking", or is
 * "ordered" not to serve. While its pool fails open, one that is out gets requests all the same, and is out nevertheless.
 */
export function standing(member) {
  if (member.admin !== "ready") return "ordered";
  if (member.health === "checking") return "checking";
  if (member.health !== "up" && member.health !== "falling") return "out";
  return member.effective_weight > 0 ? "serves" : "standby";
}

/** The word for a member's state: what was ordered comes before what is observed. */
export function state(member) {
  if (member.admin !== "ready") return member.admin;
  return standing(member) === "standby" ? "standby" : member.health;
}

/** Why a member is in its state; where that was ordered, how it would be else. */
export function reason(member) {
  return member.admin === "ready" ? member.reason : `by order; ${member.health}: ${member.reason}`;
}

/** Since when a member serves or does not: a trend has no beginning of its own. */
export function since(member, at) {
  const word = { falling: "serves for", rising: "out for" }[state(member)] ?? "for";
  return `${word} ${duration(between(member.since, at))}`;
}

/** What is observed of a member, and for how long. */
export function trend(member, at) {
  const comma = member.health === "falling" || member.health === "rising" ? "," : "";
  return `${member.health}${comma} ${since(member, at)}`;
}

function short(weight) {
  return weight > 0 && weight < 0.01 ? "<0.01" : `${Number(weight.toFixed(2))}`;
}

/** The weight that was set and, where it differs, as it counts now. */
export function weight(member) {
  const effective = member.effective_weight;
  return effective === member.weight ? `${member.weight}` : `${member.weight} → ${short(effective)}`;
}

/** What a weight depends on, in a word or two; empty where there is nothing special to it. */
export function weightNote(member) {
  const notes = member.tier > 0 ? [`tier ${member.tier}`] : [];
  if (known(member.configured_weight) && member.configured_weight !== member.weight) notes.push(`file: ${member.configured_weight}`);
  if (member.admin !== "ready") notes.push(member.admin === "drain" ? "drained" : "by order");
  else if (standing(member) === "out" && member.effective_weight > 0) notes.push("fail open");
  if (member.slow_start) notes.push("slow start");
  return notes.map((note) => note.replace(" ", NO_BREAK)).join(", ");
}

/** The same in sentences. */
export function weightReason(member, pool) {
  if (member.admin === "drain") return "Drained: no new requests, but for those of sessions that began here.";
  if (member.admin === "maintenance") return "In maintenance: no requests.";
  const tier = pool.tiers.find((each) => each.tier === member.tier);
  const sentence = {
    checking: "Not known to be well yet: no requests.",
    standby: `Standby, tier ${member.tier}: the better tiers take all requests.`,
    out: member.effective_weight > 0 ? `It is ${member.health}, and used because the pool fails open.` : "Out: no requests.",
    serves: pool.tiers.length > 1 ? `Tier ${member.tier} takes ${percent(tier?.share)} of the requests.` : "",
  }[standing(member)];
  const slow = member.slow_start ? "Slow start: it came back a short time ago, and its weight still grows." : "";
  return [sentence, slow].filter(Boolean).join(" ");
}

/** What there is to say of each tier but the best. */
export function tiers(pool) {
  return pool.tiers.slice(1).map(({ tier, share }) => {
    if (share > 0) return `tier ${tier} takes ${percent(share)}`;
    const spare = pool.members.some((member) => member.tier === tier && standing(member) === "standby");
    return `tier ${tier} ${spare ? "on standby" : "cannot serve"}`;
  });
}

/** How many requests wait for a member, and no other; empty if none. */
export function waiting(member) {
  return member.waiting > 0 ? `${count(member.waiting)}${NO_BREAK}${member.waiting === 1 ? "waits" : "wait"}` : "";
}

/** How many requests wait, where any could. */
export function queue(pool) {
  const mayWait = pool.max_connections > 0 && pool.max_queue > 0;
  return mayWait || pool.queue > 0 ? [`${count(pool.queue)} waiting of ${pool.max_queue}`] : [];
}

/** What the last probe found: a passed one is seen from what it got. */
export function lastProbe(probe) {
  if (!probe) return "not probed";
  return probe.result === "failed" ? `failed: ${probe.detail}` : probe.detail;
}

/** The errors of a member by kind; empty if there were none. */
export function errorKinds(member) {
  const { connect, reset, timeout } = member.errors;
  return [[connect, "connect"], [reset, "reset"], [timeout, "timeout"]]
    .filter(([times]) => times > 0)
    .map(([times, kind]) => `${count(times)}${NO_BREAK}${kind}`)
    .join(", ");
}

/** The word for what somebody asked about: without knowing the other tiers, standby is not told from up. */
export function shownState({ health, admin }) {
  return admin === "ready" ? health : admin;
}

/** How bad a state is: "well", "notice" or "trouble". */
export function level(health, admin) {
  return (admin === "ready" ? LEVELS[health] : "notice") ?? "trouble";
}

/** How bad it is with a member; one on standby is neither good nor bad. */
export function memberLevel(member) {
  return standing(member) === "standby" ? "calm" : level(member.health, member.admin);
}

const RELOADS = {
  taken: { word: "reloaded", sign: "up", level: "calm" },
  refused: { word: "refused", sign: "down", level: "trouble" },
  "went-back": { word: "went back", sign: "falling", level: "notice" },
};

/** What an event comes to: a word or two, the name of its sign, and how bad it is. */
export function what({ kind, to }) {
  switch (kind) {
    case "transition":
      return { word: to, sign: to, level: LEVELS[to] ?? "trouble" };
    case "remark":
      return { word: `stays ${to}`, sign: "remark", level: "notice" };
    case "order":
      if (to === "added" || to === "removed") return { word: to, sign: to, level: "notice" };
      return { word: `set to ${to}`, sign: LEVELS[to] ? to : "tiers", level: LEVELS[to] ?? "notice" };
    case "reload":
      return RELOADS[to] ?? { word: "reload", sign: "notice", level: "notice" };
    case "fail-open":
      return to === "fail-open" ? { word: "fails open", sign: to, level: "trouble" } : { word: "goes by health again", sign: to, level: "well" };
    default:
      return { word: { tiers: "shares change", start: "started", stop: "stopping" }[kind] ?? kind, sign: kind, level: "calm" };
  }
}

/** Entries of a history, where probes that passed in a row are one group. */
export function grouped(entries) {
  const groups = [];
  for (const entry of entries) {
    const last = groups[groups.length - 1];
    const passed = entry.kind === "probe" && entry.result === "passed";
    if (passed && last?.entries[0].kind === "probe" && last.entries[0].result === "passed") last.count++;
    else groups.push({ entries: [entry], count: 1 });
  }
  return groups;
}
