/** Numbers, times and other people's texts as a reader gets them. */

import { el } from "./dom.js";

const THIN = "\u202f";
const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const NOTHING = "–";
const LONGEST = 160;

/** A number, grouped by thousands. A browser's own formats take it longer to get ready than all the rest of the page. */
export function number(value, digits = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) {
    return NOTHING;
  }
  const written = Math.abs(value).toFixed(digits);
  const [whole, decimals] = written.split(".");
  const sign = value < 0 && Number(written) !== 0 ? "−" : "";
  return sign + whole.replace(/\B(?=(\d{3})+$)/g, ",") + (decimals === undefined ? "" : "." + decimals);
}

/** A share from 0 to 1 in per cent, with a decimal where it would otherwise say 0 or 100 of what is neither. */
export function percent(share, digits = null) {
  if (share === null || share === undefined || !Number.isFinite(share)) {
    return NOTHING;
  }
  const size = Math.abs(share);
  const decimals = digits ?? ((size > 0 && size < 0.0995) || (size > 0.9949 && size < 1) ? 1 : 0);
  const isNearlyAll = size < 1 && digits === null && size >= 0.9995;
  return isNearlyAll ? ">" + THIN + "99.9" + THIN + "%" : number(share * 100, decimals) + THIN + "%";
}

/** A difference with its sign. */
export function signed(text, value) {
  return value > 0 ? "+" + text : text;
}

/** A span of milliseconds in its largest unit. */
export function duration(milliseconds) {
  if (milliseconds === null || milliseconds === undefined || !Number.isFinite(milliseconds)) {
    return NOTHING;
  }
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) {
    return seconds + THIN + "s";
  }
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) {
    return minutes + THIN + "min";
  }
  const hours = Math.round(minutes / 60);
  return hours < 48 ? hours + THIN + "h" : number(Math.round(hours / 24)) + " days";
}

/** How long something took. */
export function latency(milliseconds) {
  if (milliseconds === null || milliseconds === undefined) {
    return NOTHING;
  }
  return milliseconds < 10_000 ? number(milliseconds) + THIN + "ms" : duration(milliseconds);
}

/** Time of day in the reader's zone; with the day if it is another one. */
export function clock(time, now = Date.now()) {
  if (time === null || time === undefined) {
    return NOTHING;
  }
  const date = new Date(time);
  if (Number.isNaN(date.getTime())) {
    return NOTHING;
  }
  const minutes = two(date.getHours()) + ":" + two(date.getMinutes());
  return Math.abs(now - time) < 20 * 3_600_000
    ? minutes + ":" + two(date.getSeconds())
    : date.getDate() + " " + MONTHS[date.getMonth()] + ", " + minutes;
}

function two(digits) {
  return String(digits).padStart(2, "0");
}

/** A time as an element: short to read, in full and in UTC on hover. */
export function moment(time, now) {
  return time === null || time === undefined
    ? el("span", { text: NOTHING })
    : el("time", { datetime: iso(time), title: iso(time), text: clock(time, now) });
}

export function iso(time) {
  return Number.isFinite(time) && Math.abs(time) < 8.64e15 ? new Date(time).toISOString() : String(time);
}

/** Evidence, of which the natural logarithm is given, as a power of ten. */
export function evidence(logarithm) {
  if (logarithm === null || logarithm === undefined) {
    return NOTHING;
  }
  const power = logarithm / Math.LN10;
  return power < 1 && power > -1 ? number(Math.exp(logarithm), 1) : "10" + raised(Math.round(power));
}

function raised(power) {
  return String(power).replace(/[-0-9]/g, (digit) => (digit === "-" ? "⁻" : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit]));
}

/**
 * A text from outside, made harmless to look at: characters that can't be seen become visible, those that turn the direction of
 * writing too, and what is longer than a line is cut, with its length said.
 */
export function plain(text, longest = LONGEST) {
  const all = String(text ?? "");
  const cut = all.length > longest ? all.slice(0, longest) : all;
  const shown = cut
    .replace(/[\u0000-\u001f]/g, (c) => String.fromCharCode(0x2400 + c.charCodeAt(0)))
    .replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g, (c) => "⟨" + code(c) + "⟩")
    .replace(/[\ud800-\udbff]$/, "");
  return all.length > longest ? shown + "… (" + number(all.length) + " characters)" : shown;
}

function code(character) {
  return "U+" + character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0");
}

/** A text from outside in an element of its own, whose direction of writing ends with it. */
export function foreign(text, longest = LONGEST, className = "foreign") {
  return el("bdi", { class: className, title: plain(text, 600), text: plain(text, longest) });
}

/** A class's name, or what stands for one. */
export function className(classIndex, label) {
  if (classIndex === -1) {
    return "all classes";
  }
  if (classIndex === -2) {
    return "the rarest classes";
  }
  return label ? plain(label, 80) : "class " + classIndex;
}

const AGREEMENTS = {
  AGREES: ["✓", "agrees"],
  SCORE_DIFFERS: ["≈", "score differs"],
  CLASS_DIFFERS: ["≠", "class differs"],
  NOT_LOGGED: ["·", "not logged"],
};

/** Whether the logged and the replayed prediction agree: a sign, and words. */
export function agreement(name) {
  const [sign, words] = AGREEMENTS[name] ?? ["?", "unknown"];
  return el("span", { class: "agreement " + String(name ?? "unknown").toLowerCase().replaceAll("_", "-") },
    el("span", { class: "sign", "aria-hidden": "true", text: sign }), el("span", { class: "word", text: words }));
}
