/** An event's picture with the map of one class over it. */

import { el, local } from "./dom.js";
import { overPicture, onPage } from "./palette.js";
import { reader } from "./reader.js";
import { percent } from "./words.js";

const PERCENTILE = 0.995;
/** Standard deviation of the smoothing as a part of the map's longer side: strided convolutions leave a grid in it. */
const SMOOTHING = 0.01;

/** What a map's strongest colour stands for: its 99.5th percentile, so that a few hot cells don't dim the rest. */
export function scaleOf(grids) {
  return Math.max(0, ...grids.map((grid) => {
    const { values } = smoothed(grid);
    const sizes = Float64Array.from(values, (value) => Math.abs(value)).sort();
    return sizes[Math.floor(PERCENTILE * (sizes.length - 1))] || sizes.at(-1) || 0;
  }));
}

export class Picture {
  element = el("div", { class: "picture" });
  #canvas = el("canvas", { role: "img" });
  #image;
  #regions = el("div", { class: "regions" });
  #grid;
  #scale;

  /**
   * @param event of the server
   * @param explained one of its classes
   * @param scale value of the strongest colour
   * @param withRegions whether its regions are marked
   */
  constructor(event, explained, scale, withRegions) {
    this.#grid = explained.grid;
    this.#scale = scale;
    this.#image = el("img", { src: local(event.picture), alt: "The picture that was explained", decoding: "async" });
    this.#image.addEventListener("error", () => this.element.classList.add("gone"));
    this.#canvas.setAttribute("aria-label", "Map of " + (explained.label || "class " + explained.classIndex));
    this.element.append(this.#image, this.#canvas, this.#regions);
    this.element.style.aspectRatio = event.width + " / " + event.height;
    this.#place(event, explained.transform);
    if (withRegions) {
      this.#mark(event, sides(explained));
    }
    this.show();
  }

  /** Draws as the reader wants it now. */
  show() {
    const sign = reader.get("sign");
    const mode = reader.get("mode");
    const { rows, columns, values } = reader.get("smooth") ? smoothed(this.#grid) : this.#grid;
    const isMap = mode === "map";
    this.#canvas.width = columns;
    this.#canvas.height = rows;
    const context = this.#canvas.getContext("2d");
    const pixels = context.createImageData(columns, rows);
    for (let i = 0; i < values.length; i++) {
      const part = this.#scale > 0 ? values[i] / this.#scale : 0;
      const shown = (sign === "for" && part < 0) || (sign === "against" && part > 0) ? 0 : Math.max(-1, Math.min(1, part));
      pixels.data.set(isMap ? [...onPage(shown, reader.isDark), 255] : overPicture(shown), i * 4);
    }
    context.putImageData(pixels, 0, 0);
    this.#canvas.hidden = mode === "picture";
    this.#image.classList.toggle("muted", mode === "overlay");
    this.#image.hidden = isMap;
    this.#canvas.style.opacity = isMap ? 1 : reader.get("opacity");
    this.#canvas.classList.toggle("pixelated", !reader.get("smooth"));
  }

  /** The map may cover a part of the picture only, or more than it. */
  #place(event, transform) {
    const { rows, columns } = this.#grid;
    const t = transform ?? { scaleX: event.width / columns, offsetX: 0, scaleY: event.height / rows, offsetY: 0 };
    const style = this.#canvas.style;
    style.left = (100 * t.offsetX) / event.width + "%";
    style.top = (100 * t.offsetY) / event.height + "%";
    style.width = (100 * t.scaleX * columns) / event.width + "%";
    style.height = (100 * t.scaleY * rows) / event.height + "%";
  }

  #mark(event, { evidence, suppressors }) {
    for (const [list, kind] of [[evidence, "for"], [suppressors, "against"]]) {
      list.filter((region) => region.share >= 0.05).slice(0, 3).forEach((region) => {
        const box = el("div", { class: "region " + kind }, el("span", { text: percent(region.share) }));
        box.style.left = (100 * region.x) / event.width + "%";
        box.style.top = (100 * region.y) / event.height + "%";
        box.style.width = (100 * region.width) / event.width + "%";
        box.style.height = (100 * region.height) / event.height + "%";
        this.#regions.append(box);
      });
    }
  }
}

/** Regions for and against. */
export function sides({ regions, suppressors }) {
  return { evidence: regions ?? [], suppressors: suppressors ?? [] };
}

const known = new WeakMap();

/** A grid after a Gaussian of the command line's width. */
function smoothed(grid) {
  if (!known.has(grid)) {
    const sigma = SMOOTHING * Math.max(grid.rows, grid.columns);
    const reach = Math.ceil(3 * sigma);
    const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
    const across = pass(grid.values, grid.rows, grid.columns, grid.columns, 1, weights, reach);
    known.set(grid, { ...grid, values: pass(across, grid.columns, grid.rows, 1, grid.columns, weights, reach) });
  }
  return known.get(grid);
}

/** One direction of it: lines of cells that are steps apart; beyond the edge lies nothing. */
function pass(values, lines, length, next, step, weights, reach) {
  const out = new Float64Array(values.length);
  for (let line = 0; line < lines; line++) {
    for (let at = 0; at < length; at++) {
      let sum = 0;
      let weight = 0;
      for (let i = Math.max(-reach, -at); i <= Math.min(reach, length - 1 - at); i++) {
        sum += weights[i + reach] * values[line * next + (at + i) * step];
        weight += weights[i + reach];
      }
      out[line * next + at * step] = sum / weight;
    }
  }
  return out;
}
