/** One figure against what was expected and the limit that it may not pass, on a bar. */

import { el } from "./dom.js";
import { percent } from "./words.js";

export function bullet(name, value, expected, limit) {
  const top = Math.min(1, Math.max(value, expected ?? 0, limit ?? 0) * 1.15) || 1;
  const place = (share) => Math.max(0, Math.min(100, (100 * share) / top)) + "%";
  const bar = el("div", { class: "bullet-bar" + (isBeyond(value, expected, limit) ? " beyond" : ""), "aria-hidden": "true" });
  const filled = el("i", { class: "value" });
  filled.style.width = place(value);
  bar.append(filled);
  for (const [share, kind] of [[expected, "expected"], [limit, "limit"]]) {
    if (share !== null && share !== undefined) {
      const tick = el("i", { class: kind });
      tick.style.left = place(share);
      bar.append(tick);
    }
  }
  return el("div", { class: "bullet" },
    el("p", { class: "bullet-name", text: name }),
    bar,
    el("dl", { class: "bullet-words" },
      pair("now", percent(value), "is-now"),
      expected === null || expected === undefined ? null : pair("reference", percent(expected), "is-expected"),
      limit === null || limit === undefined ? null : pair("limit", percent(limit), "is-limit")));
}

function isBeyond(value, expected, limit) {
  return limit !== null && limit !== undefined && (expected !== null && expected > limit ? value < limit : value > limit);
}

function pair(name, value, className) {
  return el("div", { class: className }, el("dt", { text: name }), el("dd", { text: value }));
}
