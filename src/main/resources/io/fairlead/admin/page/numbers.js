// How numbers and times are put into words. What is not known is a dash, never a number that could be taken for one.

const WHOLE = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });
const SHORT = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 4 });
const TIME = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const MINUTE = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });

export const NOTHING = "–";

/** Whether there is a number at all. */
export function known(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** A count: exact up to six digits, then to four significant ones. */
export function count(value) {
  if (!known(value)) return NOTHING;
  return value < 1e6 ? WHOLE.format(value) : SHORT.format(value);
}

/** Events per second; a little is never shown as nothing. */
export function rate(value) {
  if (!known(value)) return NOTHING;
  if (value > 0 && value < 0.05) return "<0.1";
  return value > 0 && value < 9.95 ? value.toFixed(1) : count(value);
}

/** Milliseconds to three significant digits, without the unit. */
export function millis(value) {
  if (!known(value)) return NOTHING;
  if (value < 9.995) return value.toFixed(2);
  if (value < 99.95) return value.toFixed(1);
  return WHOLE.format(value);
}

export function withUnit(value) {
  return known(value) ? `${millis(value)} ms` : NOTHING;
}

/** Milliseconds on an axis: as short as can be, in seconds from one on. */
export function tick(value) {
  return value >= 1000 ? `${Number((value / 1000).toPrecision(3))} s` : `${Number(value.toPrecision(3))} ms`;
}

/** A share of 0 to 1 in percent; a little is never shown as nothing. */
export function percent(share) {
  if (!known(share)) return NOTHING;
  return share > 0 && share < 0.005 ? "<1%" : `${Math.round(share * 100)}%`;
}

/** A share of what went wrong: the less there is, the finer. */
export function errorShare(share) {
  if (!known(share)) return NOTHING;
  if (share > 0 && share < 0.0001) return "<0.01%";
  return `${share === 0 ? 0 : Number((share * 100).toPrecision(2))}%`;
}

/** A share as somebody configured it: all of its digits. */
export function configured(share) {
  return `${Number((share * 100).toFixed(4))}%`;
}

/** An amount of bytes in its largest unit. */
export function bytes(value) {
  if (!known(value)) return NOTHING;
  const units = ["B", "KiB", "MiB", "GiB", "TiB"];
  let size = value;
  let unit = 0;
  while (size >= 999.5 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${unit === 0 || size >= 99.5 ? Math.round(size) : size.toPrecision(2)}\u00a0${units[unit]}`;
}

/** A length of time in its largest unit, or two while the first is small. */
export function duration(seconds) {
  if (!known(seconds)) return NOTHING;
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 120) return `${whole} s`;
  if (whole < 7200) return `${Math.floor(whole / 60)} min`;
  if (whole < 172800) return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
  return `${Math.floor(whole / 86400)} d ${Math.floor((whole % 86400) / 3600)} h`;
}

/** The time of day here; with the day, if that is not the one of `now`. */
export function clock(at, now) {
  if (!at) return NOTHING;
  const [then, today] = [new Date(at), new Date(now)];
  return DAY.format(then) === DAY.format(today) ? TIME.format(then) : `${DAY.format(then)}, ${TIME.format(then)}`;
}

/** The time of day here to the minute, of seconds since 1970. */
export function minute(seconds) {
  return MINUTE.format(new Date(seconds * 1000));
}

/** Seconds from one moment of the document to another. */
export function between(from, to) {
  return (Date.parse(to) - Date.parse(from)) / 1000;
}

/** The same to the second. */
export function second(seconds) {
  return TIME.format(new Date(seconds * 1000));
}

export function plural(number, noun, nouns = `${noun}s`) {
  return `${count(number)} ${number === 1 ? noun : nouns}`;
}
