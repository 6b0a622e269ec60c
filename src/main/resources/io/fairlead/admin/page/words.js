// How numbers, times and the state of things are put into words. Pure functions; nothing here touches the page.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

const NO_BREAK = "\u00a0";

export const NOTHING = "–";

/** A count: exact up to six digits, then to four significant ones. */
export function count(value) {
  return value < 1e6 ? WHOLE.format(value) : SHORT.format(value);
}

/** Events per second. */
export function rate(value) {
  return value > 0 && value < 9.95 ? value.toFixed(1) : WHOLE.format(value);
}

/** Milliseconds to three significant digits, without the unit; null is not known. */
export function millis(value) {
  if (value === null || value === undefined) return NOTHING;
  if (value < 9.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  return WHOLE.format(value);
}

export function withUnit(value) {
  return value === null ? NOTHING : `${millis(value)} ms`;
}

/** A share of 0 to 1 in percent; a little is never shown as nothing. */
export function percent(share) {
  return share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`;
}

/** A share as somebody configured it: all of its digits. */
function configured(share) {
  return `${Number((share * 100).toFixed(4))}%`;
}

export function bytes(value) {
  return value < 1024 * 1024 * 1024
    ? `${Math.round(value / 1024 / 1024)} MiB`
    : `${(value / 1024 / 1024 / 1024).toFixed(1)} GiB`;
}

/** A length of time in its largest unit, or two while the first is small. */
export function duration(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min`;
  if (whole < 172800) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

/** The time of day here; with the day, if that is not the one of `now`. */
export function clock(at, now) {
  const [then, today] = [new Date(at), new Date(now)];
  return DAY.format(then) === DAY.format(today) ? TIME.format(then) : `${DAY.format(then)}, ${TIME.format(then)}`;
}

/** Seconds from one moment of the document to another. */
export function between(from, to) {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

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

/** The weight as configured and, where it differs, as it counts now. */
export function weight(member) {
  const effective = member.effective_weight;
  if (effective === member.weight) return `${member.weight}`;
  return `${member.weight} → ${effective > 0 && effective < 0.01 ? "<0.01" : Number(effective.toFixed(2))}`;
}

/** What a weight depends on, in a word or two; empty where there is nothing special to it. */
export function weightNote(member) {
  const notes = member.tier > 0 ? [`tier ${member.tier}`] : [];
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
    serves: pool.tiers.length > 1 ? `Tier ${member.tier} takes ${percent(tier.share)} of the requests.` : "",
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

/** What has to be said aloud of a pool; empty if nothing. */
export function alarm(pool) {
  const few = configured(pool.min_available);
  return pool.fail_open
    ? `Fail open: fewer than ${few} of this pool's members are up, so all are used, healthy or not.`
    : "";
}

/** The word for what somebody asked about: without knowing the other tiers, standby is not told from up. */
export function shownState({ health, admin }) {
  return admin === "ready" ? health : admin;
}

const LEVELS = { up: "well", falling: "notice", rising: "notice", checking: "notice", ready: "well", drain: "notice", maintenance: "notice" };

/** How bad a state is: "well", "notice" or "trouble". */
export function level(health, admin) {
  return (admin === "ready" ? LEVELS[health] : "notice") ?? "trouble";
}

/** What an event comes to: a word or two, the name of its sign, and how bad it is. */
export function what({ kind, to }) {
  switch (kind) {
    case "transition":
      return { word: to, sign: to, level: LEVELS[to] ?? "trouble" };
    case "remark":
      return { word: `stays ${to}`, sign: "remark", level: "notice" };
    case "order":
      return { word: `set to ${to}`, sign: to, level: LEVELS[to] ?? "notice" };
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

function plural(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isOrAre(number) {
  return number === 1 ? "is" : "are";
}

/**
 * Is all well? One sentence; "well", "notice" or "trouble"; how many problems; and the members that are the cause.
 * Trouble is what nobody ordered: a member that is out, a pool that fails open, or one that cannot serve.
 */
export function verdict(status) {
  const all = status.pools.flatMap((pool) => pool.members.map((member) => ({ pool, member })));
  const those = (word) => all.filter(({ member }) => standing(member) === word);
  const [ordered, checking, standby, out] = ["ordered", "checking", "standby", "out"].map(those);
  const failing = all.filter(({ member }) => member.admin === "ready" && member.health === "falling");
  const open = status.pools.filter((pool) => pool.fail_open);
  const dry = status.pools.filter((pool) => !pool.can_serve && !pool.members.some((m) => m.health === "checking"));
  const dryAndBlameless = dry.filter((pool) => !out.some((entry) => entry.pool === pool));
  const problems = out.length + open.length + dryAndBlameless.length;
  const noticed = ordered.length + checking.length + failing.length;
  const level = problems > 0 ? "trouble" : noticed > 0 || !status.ready ? "notice" : "well";
  const causes = [...out, ...failing];
  const sentence =
    problems > 0
      ? trouble(out, open, dry, dryAndBlameless)
      : calm(status, all.length, { ordered, checking, standby, failing });
  return { level, sentence, problems, causes };
}

function trouble(out, open, dry, dryAndBlameless) {
  const worst = [];
  if (dry.length > 0) {
    const names = dry.map((pool) => pool.name).join(", ");
    const why =
      dry.length === 1 && dryAndBlameless.length === 0
        ? `: ${dry[0].members.length === 1 ? "its only member is out" : "no member is left"}`
        : "";
    worst.push(`${dry.length === 1 ? "Pool" : "Pools"} ${names} cannot serve${why}.`);
  }
  if (open.length === 1) {
    worst.push(`Pool ${open[0].name} fails open: fewer than ${configured(open[0].min_available)} of its members are up.`);
  } else if (open.length > 1) {
    worst.push(`Pools ${open.map((pool) => pool.name).join(", ")} fail open: too few of their members are up.`);
  }
  if (worst.length > 0) return worst.join(" ");
  const pools = [...new Set(out.map(({ pool }) => pool))];
  const members = pools.reduce((sum, pool) => sum + pool.members.length, 0);
  const where = pools.length === 1 ? `pool ${pools[0].name}` : `${pools.length} pools`;
  const what = `${out.length} of ${plural(members, "member")} of ${where} ${isOrAre(out.length)} out`;
  return out.length === 1 ? `${what}: ${out[0].member.reason}` : `${what}.`;
}

function calm(status, total, { ordered, checking, standby, failing }) {
  if (status.draining) return "Fairlead is stopping: it finishes what it has.";
  const serving = total - ordered.length - checking.length - standby.length;
  const pools = plural(status.pools.length, "pool");
  const verb = serving === 1 ? "serves" : "serve";
  const who =
    serving < total
      ? `${serving} of ${plural(total, "member")} of ${pools} ${verb}`
      : total === 1
        ? `The only member of ${pools} serves`
        : `All ${total} members of ${pools} serve`;
  const but = [];
  if (standby.length > 0) but.push(`${standby.length} ${isOrAre(standby.length)} on standby`);
  if (checking.length > 0) but.push(`${checking.length} ${isOrAre(checking.length)} being checked`);
  if (ordered.length > 0) but.push(`${ordered.length} ${isOrAre(ordered.length)} out by order`);
  if (failing.length > 0) but.push(`${failing.length} ${failing.length === 1 ? "fails its" : "fail their"} probes`);
  if (but.length === 0 && !status.ready) but.push("not every listener is bound");
  return [who, ...but].join("; ") + ".";
}
