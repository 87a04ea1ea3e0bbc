/** Scores of a class now, over those of its reference: heights are shares of either. */

import { el } from "./dom.js";
import { number, percent } from "./words.js";

const SVG = "http://www.w3.org/2000/svg";

export function histogram({ bounds, now, reference }) {
  const shares = [now, reference].map((counts) => {
    const sum = counts?.reduce((total, count) => total + count, 0) ?? 0;
    return sum > 0 ? counts.map((count) => count / sum) : null;
  });
  const known = shares.filter(Boolean);
  if (known.length === 0) {
    return null;
  }
  const used = known[0].map((_, i) => known.some((each) => each[i] > 0));
  const first = used.indexOf(true);
  const last = used.lastIndexOf(true);
  const top = Math.max(...known.flat());
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 " + (last - first + 1) * 10 + " 60");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("aria-hidden", "true");
  for (let i = first; i <= last; i++) {
    if (shares[1]) {
      svg.append(bar((i - first) * 10, 10, shares[1][i] / top, "reference"));
    }
    if (shares[0]) {
      svg.append(bar((i - first) * 10 + 2, 6, shares[0][i] / top, "now"));
    }
  }
  // Bounds lie between bins: the first and the last take what is beyond.
  const from = (i) => (bounds?.[i - 1] === undefined ? (i <= 0 ? "less" : "more") : number(bounds[i - 1], 1));
  const table = el("details", { class: "table" }, el("summary", { text: "Table" }));
  table.addEventListener("toggle", () => table.childElementCount === 1 && table.append(el("table", { class: "numbers" },
    el("thead", {}, el("tr", {}, ["from", "now", "reference"].map((text) => el("th", { scope: "col", text })))),
    el("tbody", {}, Array.from({ length: last - first + 1 }, (_, k) => el("tr", {},
      el("th", { scope: "row", text: from(first + k) }),
      shares.map((each) => el("td", { text: each ? percent(each[first + k]) : "–" }))))))));
  return el("figure", { class: "histogram" },
    el("figcaption", { text: "Scores before softmax or sigmoid" }),
    svg,
    el("div", { class: "ends" }, el("span", { text: from(first) }), el("span", { class: "keys" },
      el("span", { class: "key now", text: "now" }), shares[1] ? el("span", { class: "key reference", text: "reference" }) : null),
      el("span", { text: from(last + 1) })),
    table);
}

function bar(x, width, part, className) {
  const rect = document.createElementNS(SVG, "rect");
  rect.setAttribute("x", x);
  rect.setAttribute("width", width);
  rect.setAttribute("y", 60 - 60 * part);
  rect.setAttribute("height", 60 * part);
  rect.setAttribute("class", className);
  return rect;
}
