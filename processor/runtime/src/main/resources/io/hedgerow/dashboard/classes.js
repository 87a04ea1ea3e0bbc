/** The classes, ranked by the evidence for a change; one of them, if chosen, with all that is known of it. */

import { address } from "./address.js";
import { ClassPanel } from "./class-panel.js";
import { el, say } from "./dom.js";
import { draw, isSameShape, largest, miniature } from "./grid.js";
import { reader } from "./reader.js";
import { className, evidence, foreign, number, percent } from "./words.js";

/** More rows than these aren't read: the rest is found by its name. */
const ROWS = 50;

export class Classes {
  element = el("section", { class: "classes", "aria-labelledby": "classes-title" });
  search = "";
  #monitor;
  #details;
  #server;
  #panel;
  #rows = new Map();
  #list = el("ol", { class: "class-list" });
  #note = el("p", { class: "note" });
  #legend = el("div", { class: "class-legend", "aria-hidden": "true" },
    ["now", "reference", "class, share of decisions", "evidence for a change, full = alert"].map((text) => el("span", { text })));
  #empty = el("p", { class: "empty" });
  #more = el("p", { class: "note more" });
  #past = null;
  #seen = new IntersectionObserver((entries) => this.#looked(entries), { rootMargin: "120px" });
  /** Rows further down are drawn once, so that paper and hasty readers see them; what is seen is kept up to date. */
  #near = new IntersectionObserver((entries) => this.#came(entries), { rootMargin: "3000px" });

  constructor(monitor, server, details) {
    this.#monitor = monitor;
    this.#server = server;
    this.#details = details;
    this.#panel = new ClassPanel(monitor, details, (id, time) => server.find(id, time));
    this.element.append(
      el("div", { class: "section-head" }, el("h2", { id: "classes-title", text: "Classes" }), this.#note),
      this.#legend,
      this.#empty, this.#list, this.#more);
    reader.on(["theme"], () => this.#rows.forEach((row) => row.drawn && this.#draw(row)));
  }

  /** Rows that match the search, best ranked first. */
  matching() {
    const words = this.search.trim().toLowerCase();
    const { model } = address.choice;
    return this.#source()
      .filter((row) => model === undefined || row.model === model)
      .filter((row) => words === "" || className(row.classIndex, row.label).toLowerCase().includes(words) || String(row.classIndex) === words)
      .sort((a, b) => (b.classIndex === -1) - (a.classIndex === -1) || Boolean(b.alert) - Boolean(a.alert) || rank(b) - rank(a) || b.explained - a.explained || a.classIndex - b.classIndex);
  }

  show() {
    const all = this.#source();
    const matching = this.matching();
    const shown = matching.slice(0, ROWS);
    say(this.#note, all.length === 0 ? "" : "by evidence for a change" + (address.hasSpan && this.#past?.rows ? ", in the time chosen" : address.hasSpan ? ", as of now" : ""));
    this.#empty.hidden = shown.length > 0;
    this.#legend.hidden = shown.length === 0;
    say(this.#empty, all.length > 0 ? "No class is called that."
      : this.#monitor.state.monitor !== "on" ? "Classes are told apart by the monitor, which is off." : "Classes appear with the first window of ten seconds.");
    this.#more.hidden = matching.length <= ROWS;
    say(this.#more, number(matching.length - ROWS) + " more classes: press / and type a name");
    const elements = shown.map((row) => this.#row(row).element);
    const chosen = shown.findIndex((row) => this.#isChosen(row));
    if (chosen >= 0) {
      elements.splice(chosen + 1, 0, this.#panel.element);
      this.#panel.show(shown[chosen]);
    }
    if (elements.length !== this.#list.children.length || elements.some((element, i) => this.#list.children[i] !== element)) {
      reorder(this.#list, elements);
    }
    const keys = new Set(shown.map(keyOf));
    for (const [key, row] of this.#rows) {
      if (!keys.has(key)) {
        this.#seen.unobserve(row.element);
        this.#near.unobserve(row.element);
        this.#rows.delete(key);
      }
    }
  }

  /** Ranks of the time chosen, if the server knows them. */
  async spanChanged() {
    const { model, from, to } = address.choice;
    this.#past = null;
    this.#rows.forEach((row) => (row.drawn = null));
    if (address.hasSpan) {
      const past = { rows: null };
      this.#past = past;
      try {
        const models = model ? [model] : this.#monitor.state.models.map((each) => each.key);
        const answers = await Promise.all(models.map((key) => this.#server.rows(key, from, to)));
        past.rows = answers.flatMap((answer) => answer.rows ?? []);
        past.rows = past.rows.length > 0 ? past.rows : null;
      } catch {
        // Then they are ranked as of now, and the heading says so.
      }
    }
    this.show();
    for (const { element } of this.#rows.values()) {
      for (const observer of [this.#seen, this.#near]) {
        observer.unobserve(element);
        observer.observe(element);
      }
    }
  }

  #source() {
    return this.#past?.rows ?? this.#monitor.state.classes ?? [];
  }

  #isChosen(row) {
    const { class: classIndex, model } = address.choice;
    return classIndex === row.classIndex && (model === undefined || model === row.model);
  }

  #row(data) {
    const key = keyOf(data);
    let row = this.#rows.get(key);
    if (row === undefined) {
      row = this.#build(data);
      this.#rows.set(key, row);
      this.#seen.observe(row.element);
      this.#near.observe(row.element);
    }
    const isChosen = this.#isChosen(data);
    row.element.classList.toggle("chosen", isChosen);
    row.button.setAttribute("aria-expanded", String(isChosen));
    if (row.data === data) {
      return row;
    }
    const isNewer = row.data !== null && row.data.explained !== data.explained;
    row.data = data;
    const isLearning = data.referenceState !== "ready" && data.referenceState !== "stale";
    say(row.count, percent(data.share) + " · " + number(data.explained));
    row.count.title = percent(data.share) + " of the decisions, " + number(data.explained) + " explained";
    const part = data.alert ? 1 : isLearning ? (data.want > 0 ? data.have / data.want : 0) : (data.evidence ?? 0);
    row.bar.className = "evidence-bar" + (data.alert ? " alarm" : isLearning ? " learning" : part >= 1 ? " alarm" : "");
    row.bar.style.setProperty("--part", Math.max(0, Math.min(1, part)));
    say(row.figure, data.alert ? "alert open" : isLearning ? "learning, " + number(data.have) + " of " + number(data.want)
      : Number.isFinite(data.logEvidence) ? evidence(data.logEvidence) + ", alert at " + evidence(data.logThreshold) : "–");
    say(row.agrees, data.agreement === null || data.agreement === undefined ? "" : percent(data.agreement) + " agree");
    if (isNewer && row.isSeen) {
      this.#fetch(row);
    }
    return row;
  }

  #build(data) {
    const name = className(data.classIndex, data.label);
    const row = {
      data: null, drawn: null, isSeen: false,
      now: miniature(name + ": mean map now"), reference: miniature(name + ": mean map of the reference"),
      count: el("span", { class: "count" }), bar: el("i", { class: "evidence-bar", "aria-hidden": "true" }),
      figure: el("span", { class: "figure" }), agrees: el("span", { class: "agreeing" }),
    };
    row.button = el("button", { type: "button", class: "class-row", data: { row: "" }, click: () => this.#choose(row) },
      row.now, row.reference,
      el("span", { class: "what" }, el("b", { class: "label" }, foreign(name, 80)), row.count),
      el("span", { class: "how" }, row.bar, el("span", { class: "how-words" }, row.figure, row.agrees)));
    row.element = el("li", { data: { key: keyOf(data) } }, row.button);
    return row;
  }

  #choose(row) {
    const isChosen = this.#isChosen(row.data);
    address.choose(isChosen ? { class: null } : { class: row.data.classIndex, model: row.data.model });
  }

  #looked(entries) {
    for (const entry of entries) {
      const row = this.#rows.get(entry.target.dataset.key);
      if (row) {
        row.isSeen = entry.isIntersecting;
        if (row.isSeen && row.drawn === null) {
          this.#fetch(row);
        }
      }
    }
  }

  #came(entries) {
    for (const entry of entries) {
      const row = this.#rows.get(entry.target.dataset.key);
      if (row && entry.isIntersecting) {
        this.#near.unobserve(row.element);
        if (row.drawn === null) {
          this.#fetch(row);
        }
      }
    }
  }

  async #fetch(row) {
    const { from, to } = address.choice;
    try {
      row.drawn = await this.#details.get(row.data.model, row.data.classIndex, from, to);
      this.#draw(row);
    } catch {
      // The row says what it says without its maps.
    }
  }

  #draw({ drawn, now, reference }) {
    const grids = [drawn.now?.grid, drawn.reference?.grid];
    const scale = largest(grids[0], isSameShape(...grids) ? grids[1] : null);
    for (const [canvas, grid] of [[now, grids[0]], [reference, grids[1]]]) {
      canvas.classList.toggle("none", !grid);
      if (grid) {
        draw(canvas, grid, scale, reader.isDark);
      }
    }
  }
}

function keyOf(row) {
  return row.model + " " + row.classIndex;
}

function rank(row) {
  return Number.isFinite(row.logEvidence) ? row.logEvidence / (row.logThreshold || 1) : -1_000;
}

/** Puts elements in order without taking away the one that has the focus. */
function reorder(list, elements) {
  const keep = new Set(elements);
  [...list.children].filter((element) => !keep.has(element)).forEach((element) => element.remove());
  elements.forEach((element, i) => {
    if (list.children[i] !== element) {
      const focus = element.contains(document.activeElement) ? document.activeElement : null;
      list.insertBefore(element, list.children[i] ?? null);
      focus?.focus({ preventScroll: true });
    }
  });
}
