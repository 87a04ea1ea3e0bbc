/** A map of few cells as squares: where evidence lies, or how two of them differ. */

import { el } from "./dom.js";
import { onPage } from "./palette.js";
import { percent, signed, number } from "./words.js";

const CELL = 8;

/**
 * Draws a grid. Cells that speak against are hatched as well, for colour alone tells nobody who prints it.
 *
 * @param scale the value that gets the strongest colour
 */
export function draw(canvas, grid, scale, isDark, isHatched = true) {
  const { rows, columns, values } = grid;
  canvas.width = columns * CELL;
  canvas.height = rows * CELL;
  const context = canvas.getContext("2d");
  for (let i = 0; i < values.length; i++) {
    const part = scale > 0 ? values[i] / scale : 0;
    const [red, green, blue] = onPage(part, isDark);
    const x = (i % columns) * CELL;
    const y = Math.floor(i / columns) * CELL;
    context.fillStyle = `rgb(${red} ${green} ${blue})`;
    context.fillRect(x, y, CELL, CELL);
    if (isHatched && part < -0.12) {
      hatch(context, x, y, isDark);
    }
  }
}

function hatch(context, x, y, isDark) {
  context.strokeStyle = isDark ? "rgb(0 0 0 / 0.45)" : "rgb(255 255 255 / 0.6)";
  context.lineWidth = 1;
  context.beginPath();
  context.moveTo(x, y + CELL);
  context.lineTo(x + CELL, y);
  context.stroke();
}

/** The largest of all values, of any sign. */
export function largest(...grids) {
  return Math.max(0, ...grids.filter(Boolean).flatMap((grid) => grid.values.map(Math.abs)));
}

export function difference(now, reference) {
  return { ...now, values: now.values.map((value, i) => value - reference.values[i]) };
}

export function isSameShape(a, b) {
  return Boolean(a && b) && a.rows === b.rows && a.columns === b.columns;
}

/** A small grid without any words, for a row of a table. */
export function miniature(name) {
  return el("canvas", { class: "miniature", role: "img", "aria-label": name, width: 1, height: 1 });
}

/** One cell's position and values, in words. */
export function cellWords(cell, grid, parts) {
  const row = Math.floor(cell / grid.columns);
  const column = cell % grid.columns;
  return "row " + (row + 1) + ", column " + (column + 1) + ": " + parts.join(", ");
}

export function shareWords(value, isDifference) {
  const text = percent(value, 1);
  return isDifference ? signed(text, value) : text;
}

/** A table of a grid's values, for those who can't or won't read colours. */
export function gridTable(grid, caption) {
  return el("table", { class: "numbers" },
    el("caption", { text: caption + ", per mille of the evidence" }),
    el("tbody", {}, Array.from({ length: grid.rows }, (_, row) =>
      el("tr", {}, el("th", { scope: "row", text: String(row + 1) }),
        Array.from({ length: grid.columns }, (_, column) =>
          el("td", { text: number(grid.values[row * grid.columns + column] * 1000) }))))));
}
