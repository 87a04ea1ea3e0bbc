/** An event's picture with the map of one class over it. */

import { el, local } from "./dom.js";
import { overPicture, onPage } from "./palette.js";
import { reader } from "./reader.js";
import { percent } from "./words.js";

const PERCENTILE = 0.995;

/** What a map's strongest colour stands for: its 99.5th percentile, so that a few hot cells don't dim the rest. */
export function scaleOf(grids) {
  return Math.max(0, ...grids.map(({ values }) => {
    const sizes = Float64Array.from(values, Math.abs).sort();
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
      this.#mark(event, explained.regions);
    }
    this.show();
  }

  /** Draws as the reader wants it now. */
  show() {
    const sign = reader.get("sign");
    const mode = reader.get("mode");
    const { rows, columns, values } = this.#grid;
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

  #mark(event, regions) {
    const { evidence, suppressors } = split(regions);
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

/** Regions for and against, from either of the forms they come in. */
export function split(regions) {
  if (Array.isArray(regions)) {
    return {
      evidence: regions.filter((region) => region.kind !== "suppressor" && region.kind !== "against"),
      suppressors: regions.filter((region) => region.kind === "suppressor" || region.kind === "against"),
    };
  }
  return { evidence: regions?.evidence ?? [], suppressors: regions?.suppressors ?? [] };
}
