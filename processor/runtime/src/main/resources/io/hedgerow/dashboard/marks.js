/** What is written into a chart: levels that matter, moments that mattered. */

import { clock } from "./words.js";

/**
 * Draws over a chart of uPlot.
 *
 * @param levels {value, words, isBelow}: named above or below their line, which is a series
 * @param moments {time, name, isSoft}: a line from top to bottom, with its name and time
 */
export function drawMarks(plot, colour, levels, moments) {
  const context = plot.ctx;
  const ratio = devicePixelRatio;
  const { left, top, width, height } = plot.bbox;
  context.save();
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  context.font = 11 * ratio + "px system-ui, sans-serif";
  context.lineWidth = ratio;
  // Words have a rim of the ground's colour, for lines go through them.
  const write = (words, x, y, ink) => {
    context.setLineDash([]);
    context.lineWidth = 3 * ratio;
    context.lineJoin = "round";
    context.strokeStyle = colour("raised");
    context.strokeText(words, x, y);
    context.fillStyle = ink;
    context.fillText(words, x, y);
    context.lineWidth = ratio;
  };
  for (const { value, words, isBelow } of levels) {
    const y = plot.valToPos(value, "y", true);
    write(words, left + 6 * ratio, isBelow || y < top + 15 * ratio ? y + 13 * ratio : y - 5 * ratio, colour("quiet"));
  }
  let free = top + 11 * ratio;
  for (const { time, name, isSoft } of moments) {
    const x = plot.valToPos(time / 1000, "x", true);
    if (!(x >= left && x <= left + width)) {
      continue;
    }
    context.strokeStyle = colour("quiet");
    context.setLineDash(isSoft ? [2 * ratio, 3 * ratio] : []);
    context.beginPath();
    context.moveTo(x, top);
    context.lineTo(x, top + height);
    context.stroke();
    const words = name + " " + clock(time);
    const long = context.measureText(words).width + 6 * ratio;
    write(words, x + long > left + width ? x - long : x + 5 * ratio, free, colour("text"));
    free += 14 * ratio;
  }
  context.restore();
}
