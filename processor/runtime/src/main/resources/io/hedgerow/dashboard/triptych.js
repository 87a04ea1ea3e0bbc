/** Now, reference and difference side by side on one scale: the page's way to say what changed. */

import { el, fill } from "./dom.js";
import { cellWords, difference, draw, gridTable, isSameShape, largest, shareWords } from "./grid.js";
import { reader } from "./reader.js";
import { number, percent } from "./words.js";

export class Triptych {
  element = el("figure", { class: "triptych" });
  #readout = el("p", { class: "readout", "aria-live": "off" });
  #shown = null;

  constructor() {
    reader.on(["theme"], () => this.#shown && this.show(...this.#shown));
  }

  /**
   * @param now {grid, n}
   * @param reference {grid, n}, or null where there is none
   * @param box {row, column, rows, columns} to mark, or null
   * @param names what the two are called
   */
  show(now, reference, box = null, names = ["now", "reference"]) {
    this.#shown = [now, reference, box, names];
    const pair = isSameShape(now.grid, reference?.grid);
    const scale = largest(now.grid, pair ? reference.grid : null);
    const panes = [{ name: names[0], grid: now.grid, n: now.n }];
    if (pair) {
      panes.push({ name: names[1], grid: reference.grid, n: reference.n });
      panes.push({ name: "difference", grid: difference(now.grid, reference.grid), isDifference: true });
    }
    const without = names.join(" − ");
    const body = panes.map((pane) => this.#pane(pane, scale, box, panes, without));
    fill(this.element,
      el("div", { class: "panes" }, body, pair ? null : el("div", { class: "pane none" },
        el("p", { text: "No reference to compare with." }))),
      legend(scale, pair),
      this.#readout,
      numbers(panes));
    this.#idle();
    return this.element;
  }

  #pane(pane, scale, box, panes, without) {
    const canvas = el("canvas", { role: "img", "aria-label": summary(pane) });
    draw(canvas, pane.grid, scale, reader.isDark);
    const frame = el("div", {
      class: "frame",
      pointermove: (event) => this.#read(event, canvas, pane.grid, panes),
      pointerleave: () => this.#idle(),
    }, canvas);
    if (box && !pane.isDifference) {
      const mark = el("div", { class: "mark" });
      mark.style.left = (100 * box.column) / pane.grid.columns + "%";
      mark.style.top = (100 * box.row) / pane.grid.rows + "%";
      mark.style.width = (100 * box.columns) / pane.grid.columns + "%";
      mark.style.height = (100 * box.rows) / pane.grid.rows + "%";
      frame.append(mark);
    }
    return el("div", { class: "pane" },
      el("p", { class: "pane-name" }, el("b", { text: pane.name }),
        el("span", { text: pane.isDifference ? without : pane.n === undefined || pane.n === null ? "" : "n = " + number(pane.n) })),
      frame);
  }

  #read(event, canvas, grid, panes) {
    const bounds = canvas.getBoundingClientRect();
    const column = Math.min(grid.columns - 1, Math.max(0, Math.floor(((event.clientX - bounds.left) / bounds.width) * grid.columns)));
    const row = Math.min(grid.rows - 1, Math.max(0, Math.floor(((event.clientY - bounds.top) / bounds.height) * grid.rows)));
    const cell = row * grid.columns + column;
    this.#readout.textContent = cellWords(cell, grid,
      panes.map((pane) => pane.name + " " + shareWords(pane.grid.values[cell], pane.isDifference)));
  }

  #idle() {
    this.#readout.textContent = "Share of what speaks for the class, a cell; point at one to read it.";
  }
}

function summary({ name, grid, isDifference }) {
  const sizes = grid.values.map(Math.abs);
  const strongest = sizes.indexOf(Math.max(...sizes));
  return name + ": strongest at " + cellWords(strongest, grid, [shareWords(grid.values[strongest], isDifference)]);
}

function legend(scale, isSigned) {
  const bar = el("canvas", { class: "scale", "aria-hidden": "true" });
  const steps = 48;
  const values = Array.from({ length: steps }, (_, i) => (isSigned ? (2 * i) / (steps - 1) - 1 : i / (steps - 1)));
  draw(bar, { rows: 1, columns: steps, values }, 1, reader.isDark, false);
  return el("div", { class: "legend" },
    el("span", { text: isSigned ? "−" + percent(scale, 1) : "0" }), bar, el("span", { text: (isSigned ? "+" : "") + percent(scale, 1) }));
}

function numbers(panes) {
  const details = el("details", { class: "table" }, el("summary", { text: "Numbers" }));
  details.addEventListener("toggle", () => {
    if (details.open && details.childElementCount === 1) {
      details.append(el("div", { class: "scroll", tabindex: "0" }, panes.map((pane) => gridTable(pane.grid, pane.name))));
    }
  });
  return details;
}
