// What all charts have in common: uPlot, fetched when the first is wanted, axes of milliseconds and of time, the page's colours.

import { element } from "./dom.js";
import { minute, second, tick } from "./numbers.js";

const FONT = '11px system-ui, -apple-system, "Segoe UI", Roboto, sans-serif';
let loading;

/** uPlot itself. */
export function uplot() {
  loading ??= new Promise((resolve, reject) => {
    const style = element("link", { rel: "stylesheet", href: "/uplot.css" });
    const script = element("script", { src: "/uplot.js" });
    script.addEventListener("load", () => resolve(window.uPlot));
    script.addEventListener("error", () => {
      loading = undefined;
      reject(new Error("uPlot could not be fetched"));
    });
    document.head.append(style, script);
  });
  return loading;
}

/** The colours of the style sheet as they are now, light or dark. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

/** 1, 2 and 5 times the powers of ten within a range, or only the powers where that is too many. */
export function steps(low, high) {
  const found = [];
  const wide = Math.log10(high / low) > 2.2;
  for (let power = 10 ** Math.floor(Math.log10(low)); power <= high; power *= 10) {
    for (const factor of wide ? [1] : [1, 2, 5]) {
      const step = power * factor;
      if (step >= low * 0.999 && step <= high * 1.001) found.push(step);
    }
  }
  return found.length > 1 ? found : [low, high];
}

function axis(colour) {
  return { stroke: colour("soft"), font: FONT, grid: { stroke: colour("edge-soft"), width: 1 }, ticks: { show: false } };
}

/** Milliseconds, each step ten times the last. */
export function latencyAxis(colour) {
  return { ...axis(colour), scale: "y", size: 56, splits: (_, __, low, high) => steps(low, high), filter: (_, all) => all, values: (_, all) => all.map(tick) };
}

export function timeAxis(colour) {
  return { ...axis(colour), size: 28, space: 70, values: (_, all, __, ___, step) => all.map(step < 60 ? second : minute) };
}

/** Where requests stand among 100, ever closer to all of them: 0, 90, 99, 99.9 and so on are equally far apart. */
export function percentileAxis(colour) {
  return {
    ...axis(colour), scale: "x", size: 28,
    splits: (plot, _, low, high) => [...(plot.width < 520 ? [2] : [1, 2, 4]), 10, 100, 1e3, 1e4, 1e5, 1e6].filter((step) => step >= low && step <= high),
    filter: (_, all) => all,
    values: (_, all) => all.map((step) => `${Number((100 - 100 / step).toPrecision(7))}%`),
  };
}

/** The range of an axis of powers that has room for these, and is never empty. */
export function extent(values) {
  let [low, high] = [Infinity, 0];
  for (const value of values) {
    if (!(value > 0)) continue;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (high === 0) return [1, 10];
  return high / low < 4 ? [Math.sqrt(low * high) / 2.2, Math.sqrt(low * high) * 2.2] : [low * 0.85, high * 1.15];
}

/** A chart that is as wide as its place. It is made anew only for other lines or other colours; else it is given other data. */
export class Chart {
  constructor(place, height) {
    this.place = place;
    this.height = height;
    this.observer = new ResizeObserver(() => this.plot && this.plot.width !== this.width() && this.plot.setSize({ width: this.width(), height }));
    this.observer.observe(place);
  }

  width() {
    return Math.max(200, this.place.clientWidth);
  }

  /** Draws data; `make` gives the options, all but the size, for what `key` names. */
  async draw(key, make, data) {
    const UPlot = await uplot();
    const colour = colours();
    const wanted = `${colour("accent")} ${key}`;
    if (this.plot && this.drawn === wanted) {
      this.plot.setData(data);
      return;
    }
    this.clear();
    this.drawn = wanted;
    this.plot = new UPlot({ width: this.width(), height: this.height, ...make(colour) }, data, this.place);
  }

  clear() {
    this.plot?.destroy();
    this.plot = undefined;
  }
}
