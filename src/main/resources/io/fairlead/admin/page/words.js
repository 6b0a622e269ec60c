// How numbers, times and the state of things are put into words. Pure functions; nothing here touches the page.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });

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
  return share > 0 && share < 0.005 ? "<1 %" : `${Math.round(share * 100)} %`;
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

/** Seconds from one moment of the document to another. */
export function between(from, to) {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** The word for a member's state: what was ordered comes before what is observed. */
export function state(member) {
  return member.admin === "ready" ? member.health : member.admin;
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

export function serves(member) {
  return member.effective_weight > 0;
}

function plural(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isOrAre(number) {
  return number === 1 ? "is" : "are";
}

/**
 * Is all well? One sentence; "well", "notice" or "trouble"; how many problems; and the members that are the cause.
 * Trouble is what nobody ordered: a member that is out, or a pool that cannot serve.
 */
export function verdict(status) {
  const all = status.pools.flatMap((pool) => pool.members.map((member) => ({ pool, member })));
  const idle = all.filter(({ member }) => !serves(member));
  const ordered = idle.filter(({ member }) => member.admin !== "ready");
  const checking = idle.filter(({ member }) => member.admin === "ready" && member.health === "checking");
  const out = idle.filter(({ member }) => member.admin === "ready" && member.health !== "checking");
  const failing = all.filter(({ member }) => serves(member) && member.health === "falling");
  const dry = status.pools.filter((pool) => !pool.can_serve && !pool.members.some((m) => m.health === "checking"));
  const dryAndBlameless = dry.filter((pool) => !out.some((entry) => entry.pool === pool));
  const problems = out.length + dryAndBlameless.length;
  const level = problems > 0 ? "trouble" : idle.length + failing.length > 0 || !status.ready ? "notice" : "well";
  const causes = [...out, ...failing];
  const sentence =
    problems > 0
      ? trouble(status, out, dry, dryAndBlameless)
      : calm(status, all.length, { ordered, checking, failing });
  return { level, sentence, problems, causes };
}

function trouble(status, out, dry, dryAndBlameless) {
  if (dry.length > 0) {
    const names = dry.map((pool) => pool.name).join(", ");
    const why =
      dry.length === 1 && dryAndBlameless.length === 0
        ? `: ${dry[0].members.length === 1 ? "its only member is out" : "no member is left"}`
        : "";
    return `${dry.length === 1 ? "Pool" : "Pools"} ${names} cannot serve${why}.`;
  }
  const pools = [...new Set(out.map(({ pool }) => pool))];
  const members = pools.reduce((sum, pool) => sum + pool.members.length, 0);
  const where = pools.length === 1 ? `pool ${pools[0].name}` : `${pools.length} pools`;
  const what = `${out.length} of ${plural(members, "member")} of ${where} ${isOrAre(out.length)} out`;
  return out.length === 1 ? `${what}: ${out[0].member.reason}` : `${what}.`;
}

function calm(status, total, { ordered, checking, failing }) {
  if (status.draining) return "Fairlead is stopping: it finishes what it has.";
  const serving = total - ordered.length - checking.length;
  const pools = plural(status.pools.length, "pool");
  const verb = serving === 1 ? "serves" : "serve";
  const who =
    serving < total
      ? `${serving} of ${plural(total, "member")} of ${pools} ${verb}`
      : total === 1
        ? `The only member of ${pools} serves`
        : `All ${total} members of ${pools} serve`;
  const but = [];
  if (checking.length > 0) but.push(`${checking.length} ${isOrAre(checking.length)} being checked`);
  if (ordered.length > 0) but.push(`${ordered.length} ${isOrAre(ordered.length)} out by order`);
  if (failing.length > 0) but.push(`${failing.length} ${failing.length === 1 ? "fails its" : "fail their"} probes`);
  if (but.length === 0 && !status.ready) but.push("not every listener is bound");
  return [who, ...but].join("; ") + ".";
}
