/** Time at a glance, and the span of it that everything else follows: dragged, pressed, or typed into the address. */

import { address } from "./address.js";
import { axes, Chart } from "./chart.js";
import { el, say } from "./dom.js";
import { SpanReference } from "./span-reference.js";
import { clock, duration, evidence, number } from "./words.js";

const SPANS = [[5 * 60_000, "5 min"], [60 * 60_000, "1 h"], [8 * 3_600_000, "8 h"], [24 * 3_600_000, "24 h"]];
const AGAIN = 10_000;
const WINDOW = 10_000;

export class Brush {
  element = el("section", { class: "brush", "aria-label": "Time" });
  #monitor;
  #server;
  #windows = [];
  #said = el("span");
  #hint = el("span", { class: "brush-hint", text: ": drag to look at a part" });
  #clear = el("button", { type: "button", class: "quiet", text: "Whole time", click: () => address.choose({ from: null, to: null }) });
  #chart;
  #asked = 0;
  #isSetting = false;
  #selected = null;
  #reference;

  constructor(monitor, server) {
    this.#monitor = monitor;
    this.#server = server;
    this.#chart = new Chart("Events explained, and evidence for a change against its limit", 84, (colour) => this.#options(colour), [
      ["explained", (value) => number(value)], ["evidence", evidence],
    ]);
    const presets = el("div", { class: "presets", role: "group", "aria-label": "Time to look at" },
      SPANS.map(([span, words]) => el("button", { type: "button", class: "quiet", text: "last " + words, click: () => this.#last(span) })), this.#clear);
    this.#chart.element.setAttribute("tabindex", "0");
    this.#chart.element.setAttribute("aria-label", "Time: arrow keys move the chosen span, with Shift they change its end");
    this.#chart.element.addEventListener("keydown", (event) => this.#key(event));
    const keys = el("p", { class: "brush-keys", "aria-hidden": "true" },
      el("span", { class: "key counts", text: "events explained" }), el("span", { class: "key line", text: "evidence for a change" }), el("span", { class: "key dashes", text: "alert opens" }));
    this.#reference = new SpanReference(monitor, server);
    this.element.append(el("div", { class: "brush-head" }, el("p", { class: "brush-said" }, this.#said, this.#hint), keys, presets), this.#chart.element, this.#reference.element);
  }

  show() {
    const { from, to } = address.choice;
    this.#clear.disabled = !address.hasSpan;
    say(this.#said, address.hasSpan
      ? clock(from) + " to " + clock(to) + ", " + duration(to - from)
      : this.#windows.length > 0
        ? "The last " + duration(this.#windows.at(-1).end - this.#windows[0].time)
        : "Time appears here with the first window of ten seconds.");
    this.#hint.hidden = address.hasSpan || this.#windows.length === 0;
    this.element.classList.toggle("bare", this.#windows.length === 0);
    this.#reference.show();
    if (Date.now() - this.#asked > AGAIN) {
      this.#ask();
    }
    this.#select();
  }

  changed() {
    this.#asked = 0;
    this.show();
  }

  async #ask() {
    this.#asked = Date.now();
    const model = address.choice.model ?? this.#monitor.state.models?.[0]?.key;
    if (model === undefined) {
      return;
    }
    try {
      const now = this.#monitor.now;
      const from = Math.min(address.choice.from ?? Infinity, now - 8 * 3_600_000);
      const answer = await this.#server.profiles(model, Math.floor(from), Math.ceil(now) + 60_000);
      this.#windows = (answer.windows ?? []).slice().sort((a, b) => a.time - b.time);
    } catch {
      return; // what is drawn stays; the page says itself that the server doesn't answer
    }
    this.#limit = this.#windows.findLast((window) => Number.isFinite(window.logThreshold))?.logThreshold ?? null;
    if (this.#windows.length > 0) {
      this.element.classList.remove("bare");
      this.#isSetting = true;
      this.#chart.show([
        this.#windows.map((window) => window.time / 1000),
        this.#windows.map((window) => window.explained),
        this.#windows.map((window) => window.logEvidence ?? null),
      ]);
      this.#isSetting = false;
    }
    this.show();
  }

  #limit = null;

  #options(colour) {
    const [time, count] = axes(colour, (_, at) => at.map((value) => number(value)), 44);
    return {
      cursor: { y: false, drag: { x: true, y: false, setScale: false }, points: { show: false } },
      scales: {
        x: { range: (_, low, high) => [low ?? 0, (high ?? 0) + WINDOW / 1000] },
        y: { range: (_, low, high) => [0, Math.max(1, high ?? 1) * 1.15] },
        e: { range: (_, low, high) => [Math.min(-2, low ?? 0), Math.max((this.#limit ?? 5) * 1.3, (high ?? 1) * 1.05)] },
      },
      axes: [time, { ...count, splits: (plot) => [0, plot.scales.y.max / 2.3 >= 1 ? Math.round(plot.scales.y.max / 1.15) : 1] }],
      series: [
        {},
        { scale: "y", fill: colour("bars"), stroke: null, width: 0, points: { show: false }, paths: bars },
        { scale: "e", stroke: colour("warm"), width: 1.5, points: { show: false } },
      ],
      hooks: {
        setSelect: [(plot) => this.#dragged(plot)],
        draw: [(plot) => this.#drawLimit(plot, colour)],
        ready: [() => requestAnimationFrame(() => {
          this.#selected = null;
          this.#select();
        })],
      },
    };
  }

  #drawLimit(plot, colour) {
    if (this.#limit === null) {
      return;
    }
    const context = plot.ctx;
    const y = plot.valToPos(this.#limit, "e", true);
    context.save();
    context.strokeStyle = colour("text");
    context.globalAlpha = 0.6;
    context.lineWidth = devicePixelRatio;
    context.setLineDash([4 * devicePixelRatio, 3 * devicePixelRatio]);
    context.beginPath();
    context.moveTo(plot.bbox.left, y);
    context.lineTo(plot.bbox.left + plot.bbox.width, y);
    context.stroke();
    context.restore();
  }

  #dragged(plot) {
    if (this.#isSetting || plot.select.width < 3) {
      return;
    }
    const from = Math.round(plot.posToVal(plot.select.left, "x") * 1000);
    const to = Math.round(plot.posToVal(plot.select.left + plot.select.width, "x") * 1000);
    if (from < to) {
      address.choose({ from, to });
    }
  }

  /** Shows the span that is chosen where it was not chosen here. */
  #select() {
    const plot = this.#chart.plot;
    const wanted = plot && [address.choice.from, address.choice.to, plot.width, plot.scales.x.min, plot.scales.x.max].join(" ");
    // What is as it should be stays untouched: a hand may be dragging.
    if (!plot || wanted === this.#selected) {
      return;
    }
    this.#selected = wanted;
    this.#isSetting = true;
    if (address.hasSpan) {
      const left = Math.max(0, plot.valToPos(address.choice.from / 1000, "x"));
      const right = Math.min(plot.over.clientWidth, plot.valToPos(address.choice.to / 1000, "x"));
      plot.setSelect({ left, width: Math.max(2, right - left), top: 0, height: plot.over.clientHeight }, false);
    } else {
      plot.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
    }
    this.#isSetting = false;
  }

  #last(span) {
    const end = Math.round(this.#windows.at(-1)?.end ?? this.#monitor.now);
    address.choose({ from: end - span, to: end });
  }

  #key(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step === undefined || this.#windows.length === 0 || event.target !== this.#chart.element) {
      return;
    }
    event.preventDefault();
    const first = this.#windows[0].time;
    const last = this.#windows.at(-1).end;
    const unit = Math.max(10_000, Math.round((last - first) / 40));
    let { from, to } = address.hasSpan ? address.choice : { from: last - 4 * unit, to: last };
    if (address.hasSpan) {
      to += step * unit;
      from += event.shiftKey ? 0 : step * unit;
    }
    if (from < to && from >= first - unit && to <= last + unit) {
      address.choose({ from, to });
    }
  }
}

/** A column for each window. */
function bars(plot, series, from, to) {
  const path = new Path2D();
  const [times, counts] = plot.data;
  const base = plot.valToPos(0, "y", true);
  const whole = plot.valToPos(times[from] + WINDOW / 1000, "x", true) - plot.valToPos(times[from], "x", true);
  const width = Math.max(1, Math.floor(whole) - (whole > 4 ? 1 : 0));
  for (let i = from; i <= to; i++) {
    const top = plot.valToPos(counts[i] ?? 0, "y", true);
    path.rect(Math.round(plot.valToPos(times[i], "x", true)), top, width, base - top);
  }
  return { fill: path, stroke: null };
}
