/** What was explained just now, newest first; at a pace that can be read, however fast it comes. */

import { address } from "./address.js";
import { el, image, say } from "./dom.js";
import { eventKey } from "./monitor.js";
import { agreement, className, foreign, latency, moment, number, percent } from "./words.js";

const ROWS = 24;
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

  constructor(monitor) {
    this.#monitor = monitor;
    this.element.append(
      el("div", { class: "section-head" }, el("h2", { id: "feed-title", text: "Explained just now" }), this.#note),
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
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      this.#beat();
    }, this.#list.childElementCount === 0 ? 0 : BEAT);
    this.#say();
  }

  #matching() {
    const { model, class: classIndex, from, to } = address.choice;
    return this.#monitor.state.feed.filter((event) =>
      (model === undefined || event.model === model)
      && (classIndex === undefined || classIndex < 0 || event.classIndex === classIndex)
      && (!address.hasSpan || (event.time >= from && event.time < to)));
  }

  #beat() {
    if (this.#isHovered && this.#list.childElementCount > 0) {
      this.show();
      return;
    }
    const matching = this.#matching();
    const fresh = matching.slice(0, ROWS).filter((event) => !this.#shown.has(eventKey(event)));
    const isFirst = this.#list.childElementCount === 0;
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
    if (matching === 0) {
      say(this.#empty, state.feed.length === 0
        ? "Nothing has been explained yet. Events appear here within a second of their explanation."
        : address.hasSpan
          ? "None of the last " + number(state.feed.length) + " events falls into the time chosen; the classes' maps and examples go further back."
          : "None of the last " + number(state.feed.length) + " events is of this class.");
    }
    const rate = state.machine?.eventsPerSecond;
    say(this.#note, !isLive ? "stopped" : rate > A_BEAT * 1.5 ? "a few of " + number(rate) + " a second" : "");
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

export function scoreWords({ score, scoreKind }) {
  return scoreKind === "probability" || !scoreKind ? percent(score) : number(score, 2);
}
