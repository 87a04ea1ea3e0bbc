/** What was explained just now, newest first, at a pace that can be read, however fast it comes; or some of the time chosen. */

import { address } from "./address.js";
import { el, image, say } from "./dom.js";
import { eventKey } from "./monitor.js";
import { agreement, className, foreign, latency, moment, number, percent } from "./words.js";

const ROWS = 24;
/** Rows that there is room for beside the classes. */
const NARROW_ROWS = 14;
const WIDE = 1900;
const BEAT = 900;
const A_BEAT = 3;

export class Feed {
  element = el("section", { class: "feed", "aria-labelledby": "feed-title" });
  #monitor;
  #list = el("ol", { class: "feed-list" });
  #note = el("p", { class: "note" });
  #empty = el("p", { class: "empty" });
  #shown = new Set();
  #filter = "";
  #timer = null;
  #isHovered = false;
  #title = el("h2", { id: "feed-title" });
  #server;
  /** Events of the time chosen: null while it is now, or while they are fetched. */
  #past = null;
  #problem = "";

  constructor(monitor, server) {
    this.#monitor = monitor;
    this.#server = server;
    this.element.append(
      el("div", { class: "section-head" }, this.#title, this.#note),
      this.#empty,
      el("div", { role: "log", "aria-live": "off", "aria-label": "Explained events, newest first" }, this.#list));
    // What one points at stays where it is.
    this.#list.addEventListener("pointerenter", (event) => (this.#isHovered = event.pointerType === "mouse"));
    this.#list.addEventListener("pointerleave", () => (this.#isHovered = false));
  }

  show() {
    const filter = address.link({ ...address.choice, event: undefined, alert: undefined });
    if (filter !== this.#filter) {
      this.#filter = filter;
      this.#shown.clear();
      this.#list.replaceChildren();
      this.#fetch(filter);
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#beat();
    }, this.#list.childElementCount === 0 ? 0 : BEAT);
    this.#say();
  }

  /** Events of the time chosen are read from the topic again: of those that came last few fall into it. */
  async #fetch(filter) {
    const { model, class: classIndex, from, to } = address.choice;
    this.#past = null;
    this.#problem = "";
    if (!address.hasSpan) {
      return;
    }
    try {
      const { events } = await this.#server.feed(model, classIndex, from, to);
      if (this.#filter === filter) {
        this.#past = events;
      }
    } catch (problem) {
      if (this.#filter === filter) {
        this.#problem = problem.message;
      }
    }
    this.show();
  }

  #matching() {
    if (address.hasSpan) {
      return spread(this.#past ?? [], innerWidth < WIDE ? NARROW_ROWS : ROWS);
    }
    const { model, class: classIndex } = address.choice;
    return this.#monitor.state.feed.filter((event) =>
      (model === undefined || event.model === model)
      && (classIndex === undefined || classIndex < 0 || event.classIndex === classIndex));
  }

  #beat() {
    const isFirst = this.#list.childElementCount === 0;
    if (!isFirst && !this.#monitor.isLive && !address.hasSpan) {
      return;
    }
    if (!isFirst && this.#isHovered) {
      this.show();
      return;
    }
    const matching = this.#matching();
    const fresh = matching.slice(0, ROWS).filter((event) => !this.#shown.has(eventKey(event)));
    // What comes too fast to be read is passed over for good: rows stay in the order of time.
    for (const event of fresh.slice(0, isFirst ? ROWS : A_BEAT).reverse()) {
      const row = this.#row(event);
      row.classList.toggle("new", !isFirst);
      this.#list.prepend(row);
    }
    while (this.#list.childElementCount > ROWS && !this.#list.lastElementChild.contains(document.activeElement)) {
      this.#list.lastElementChild.remove();
    }
    this.#shown = new Set([...matching.slice(0, ROWS).map(eventKey), ...[...this.#list.children].map((row) => row.dataset.key)]);
    this.#say();
  }

  #say() {
    const { state, isLive } = this.#monitor;
    const matching = this.#matching().length;
    this.#empty.hidden = matching > 0;
    say(this.#title, address.hasSpan ? "Explained in this time" : "Explained just now");
    if (matching === 0) {
      say(this.#empty, address.hasSpan ? this.#pastWords()
        : state.feed.length === 0
          ? "Nothing has been explained yet. Events appear here within a second of their explanation."
          : "None of the last " + number(state.feed.length) + " events is of this class.");
    }
    const rate = state.machine?.eventsPerSecond;
    say(this.#note, address.hasSpan ? (matching > 0 ? "some, from the whole of it" : "")
      : !isLive ? "stopped" : rate > A_BEAT * 1.5 ? "a few of " + number(rate) + " a second" : "");
  }

  #pastWords() {
    return this.#problem !== "" ? "Events of this time can't be shown: " + this.#problem
      : this.#past === null ? "Reading events of this time …"
        : address.choice.class === undefined || address.choice.class < 0
          ? "Nothing was explained in this time, or the topic no longer has it."
          : "Nothing was found of this class in this time.";
  }

  #row(event) {
    const key = eventKey(event);
    const picture = image(event.thumbnail);
    // The picture under its map is the one beside it: it isn't asked for twice.
    const ground = el("canvas", { "aria-hidden": "true" });
    picture.addEventListener("load", () => {
      ground.width = picture.naturalWidth;
      ground.height = picture.naturalHeight;
      ground.getContext("2d").drawImage(picture, 0, 0);
    });
    const meter = el("i", { class: "meter", "aria-hidden": "true" });
    if (event.scoreKind === "probability" || (event.score >= 0 && event.score <= 1)) {
      meter.style.setProperty("--part", Math.max(0, Math.min(1, event.score)));
    } else {
      meter.hidden = true;
    }
    return el("li", { data: { key } },
      el("a", { href: address.link({ ...address.choice, event: key }), data: { row: "" } },
        el("span", { class: "stack" }, picture), el("span", { class: "stack" }, ground, image(event.overlay, { class: "over" })),
        el("span", { class: "what" },
          el("b", { class: "label" }, foreign(className(event.classIndex, event.label), 60)),
          foreign(event.id, 60, "foreign id")),
        el("span", { class: "score" }, el("span", { class: "figure", text: scoreWords(event) }), meter),
        agreement(event.agreement),
        el("span", { class: "late", title: "from event to explanation", text: latency(event.latencyMs) }),
        moment(event.time, this.#monitor.now)));
  }
}

/** At most so many, evenly chosen. */
function spread(events, most) {
  return events.length <= most ? events : Array.from({ length: most }, (_, i) => events[Math.floor((i * events.length) / most)]);
}

export function scoreWords({ score, scoreKind }) {
  return scoreKind === "probability" || !scoreKind ? percent(score) : number(score, 2);
}
