/** One event: the picture and what spoke for each class in it, what was predicted then and now, and the proof that it is on record. */

import { address } from "./address.js";
import { copyButton, el, fill, icon, local, say } from "./dom.js";
import { ICONS } from "./icons.js";
import { auditPanel } from "./inclusion-panel.js";
import { Picture, scaleOf, sides } from "./picture.js";
import { reader } from "./reader.js";
import { agreement, className, foreign, iso, moment, number, percent, plain } from "./words.js";

const MODES = [["picture", "Picture"], ["map", "Map"], ["overlay", "Overlay"]];
const SIGNS = [["both", "Both"], ["for", "For"], ["against", "Against"]];

export class EventPage {
  element = el("article", { class: "event-page", "aria-labelledby": "event-title", tabindex: "-1" });
  #server;
  #shown = null;
  #pictures = [];
  #event = null;
  #class = 0;

  constructor(server) {
    this.#server = server;
    reader.on(["opacity", "smooth", "sign", "mode", "theme"], () => this.#redraw());
  }

  /** Neighbours on the page, if there are any: -1 is the event before. */
  neighbour(step) {
    const to = step < 0 ? this.#event?.neighbours?.previous : this.#event?.neighbours?.next;
    return Number.isFinite(to) ? this.#event.partition + "/" + to : null;
  }

  close() {
    this.#shown = null;
    this.#event = null;
    this.#pictures = [];
  }

  /** Says that an event isn't found. */
  missing(id, message) {
    this.close();
    fill(this.element, this.#bar("", null), el("div", { class: "empty" },
      el("p", {}, "The event ", foreign(id), " isn't found: ", foreign(message, 300)),
      el("p", {}, el("a", { href: overview(), text: "Back to the overview" }))));
  }

  async show(key) {
    if (this.#shown === key) {
      return;
    }
    this.#shown = key;
    this.#event = null;
    const [partition, offset] = key.split("/");
    if (this.element.childElementCount === 0) {
      fill(this.element, this.#bar(key, null), el("p", { class: "empty", text: "Reading the event …" }));
    }
    try {
      const event = await this.#server.event(partition, offset);
      if (this.#shown === key) {
        this.#event = event;
        this.#class = 0;
        this.#fill(key, partition, offset);
      }
    } catch (problem) {
      if (this.#shown === key) {
        fill(this.element, this.#bar(key, null), el("div", { class: "empty" },
          el("p", { text: "The event at " + key + " can't be shown: " + problem.message }),
          el("p", {}, el("a", { href: overview(), text: "Back to the overview" }))));
      }
    }
  }

  #fill(key, partition, offset) {
    const event = this.#event;
    const main = el("div", { class: "event-main" });
    const side = el("div", { class: "event-side" });
    fill(this.element, this.#bar(key, event), this.#title(event), el("div", { class: "event-body" }, main, side));
    fill(main, this.#tools(), el("div", { class: "stage" }), this.#legend(), this.#classes());
    fill(side, this.#prediction(), this.#statistics(), auditPanel(this.#server, partition, offset, event), this.#facts(), this.#record(key));
    this.#stage();
    this.element.focus({ preventScroll: true });
    scrollTo(0, 0);
  }

  #bar(key, event) {
    const link = (to, sign, words) => el("a", {
      class: "button quiet", href: to ? address.link({ ...address.choice, event: to }) : null, "aria-disabled": to ? null : "true", title: words,
    }, icon(ICONS[sign]), el("span", { text: words }));
    return el("nav", { class: "event-bar", "aria-label": "Event" },
      el("a", { class: "button quiet", href: overview() }, icon(ICONS.close), el("span", { text: "Overview" })),
      el("span", { class: "address" }, el("code", { text: key })),
      event ? [link(this.neighbour(-1), "back", "Before"), link(this.neighbour(1), "forward", "After")] : null,
      el("span", { class: "spring" }),
      copyButton(() => location.href, "Copy link"));
  }

  #title(event) {
    const first = event.classes?.[0];
    return el("header", { class: "event-title" },
      el("h1", { id: "event-title" }, foreign(first ? className(first.classIndex, first.label) : "No class explained", 120),
        first ? el("span", { class: "event-score", text: scoreWords(first) }) : null),
      el("p", {}, foreign(event.event?.id, 160), " · ", event.event?.source ? [foreign(event.event.source, 80), " · "] : null, moment(event.event?.time)));
  }

  #tools() {
    const opacity = el("input", { type: "range", min: "0", max: "100", step: "5", "aria-label": "Opacity of the map", id: "opacity" });
    opacity.value = String(Math.round(reader.get("opacity") * 100));
    opacity.addEventListener("input", () => reader.set("opacity", opacity.value / 100));
    this.opacity = opacity;
    const smooth = el("button", { type: "button", "aria-pressed": String(reader.get("smooth")), text: "Smooth" });
    smooth.addEventListener("click", () => {
      reader.set("smooth", !reader.get("smooth"));
      smooth.setAttribute("aria-pressed", String(reader.get("smooth")));
    });
    return el("div", { class: "tools" }, choice("mode", "Shown", MODES), choice("sign", "Evidence", SIGNS),
      el("label", { class: "opacity" }, el("span", { text: "Opacity" }), opacity), smooth);
  }

  #stage() {
    const event = this.#event;
    const explained = event.classes?.[this.#class];
    const stage = this.element.querySelector(".stage");
    if (!explained) {
      fill(stage, el("p", { class: "empty", text: "No class of this event was explained; the audit entry says why." }));
      return;
    }
    const scale = scaleOf(event.classes.map((each) => each.grid));
    const large = new Picture(event, explained, scale, true);
    large.element.classList.add("large");
    fill(stage, large.element);
    this.#pictures = this.#pictures.filter((picture) => picture.isSmall);
    this.#pictures.push(large);
    for (const [i, button] of [...this.element.querySelectorAll(".side-by-side button")].entries()) {
      button.setAttribute("aria-pressed", String(i === this.#class));
    }
    say(this.element.querySelector(".legend-low"), "−" + number(scale, 3));
    say(this.element.querySelector(".legend-high"), "+" + number(scale, 3));
    this.element.querySelector(".card.statistics")?.replaceWith(this.#statistics());
  }

  #legend() {
    const bar = el("span", { class: "overlay-scale", "aria-hidden": "true" });
    return el("div", { class: "legend" },
      el("span", { text: "against" }), el("span", { class: "legend-low" }), bar, el("span", { class: "legend-high" }), el("span", { text: "for" }),
      el("span", { class: "note", text: "relevance a cell, one scale for all classes" }));
  }

  #classes() {
    const { classes } = this.#event;
    this.#pictures = [];
    if (!classes || classes.length === 0) {
      return null;
    }
    const scale = scaleOf(classes.map((each) => each.grid));
    return el("section", { class: "side-by-side" }, el("h2", { text: classes.length === 1 ? "The class explained" : "All classes explained" }),
      el("ol", {}, classes.map((explained, i) => {
        const picture = new Picture(this.#event, explained, scale, false);
        picture.isSmall = true;
        this.#pictures.push(picture);
        return el("li", {}, el("button", {
          type: "button", "aria-pressed": "false", data: { row: "" },
          click: () => {
            this.#class = i;
            this.#stage();
          },
        }, picture.element, el("b", {}, foreign(className(explained.classIndex, explained.label), 60)), el("span", { class: "figure", text: scoreWords(explained) })));
      })));
  }

  #prediction() {
    const { prediction, explanation } = this.#event;
    const row = (name, list) => el("tr", {}, el("th", { scope: "row", text: name }),
      list?.length > 0
        ? [el("td", {}, foreign(className(list[0].classIndex, list[0].label), 60)), el("td", { class: "figure", text: number(list[0].score, 4) })]
        : el("td", { colspan: "2", text: "not logged" }));
    const name = prediction?.agreement ?? explanation?.prediction?.agreement;
    return el("section", { class: "card" }, el("h2", { text: "Prediction" }),
      el("table", { class: "plain" }, el("tbody", {}, row("logged then", prediction?.logged), row("replayed", prediction?.replayed))),
      name ? el("p", {}, agreement(name)) : null);
  }

  #statistics() {
    const explained = this.#event.classes?.[this.#class];
    const section = el("section", { class: "card statistics" }, el("h2", {}, "What the map says", explained ? [" of ", foreign(className(explained.classIndex, explained.label), 40)] : null));
    if (!explained) {
      return section;
    }
    const s = explained.statistics ?? {};
    const { evidence, suppressors } = sides(explained);
    const facts = [
      ["Score", number(explained.score, 3)], ["Concentration", percent(s.concentration)], ["In the border", percent(s.borderShare)],
      ["Against, of all", percent(s.suppressionShare)], ["Centre", s.centreX === null || s.centreX === undefined ? "–" : percent(s.centreX) + " across, " + percent(s.centreY) + " down"],
      ["Peak", number(s.peak, 3)],
    ];
    section.append(el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", { text: value })))));
    if (evidence.length + suppressors.length > 0) {
      section.append(el("table", { class: "plain regions-table" },
        el("thead", {}, el("tr", {}, ["region", "x, y", "size", "share"].map((text) => el("th", { scope: "col", text })))),
        el("tbody", {}, [[evidence, "for"], [suppressors, "against"]].flatMap(([list, kind]) => list.map((region) =>
          el("tr", {}, el("th", { scope: "row", class: kind, text: kind }), el("td", { text: number(region.x) + ", " + number(region.y) }),
            el("td", { text: number(region.width) + " × " + number(region.height) }), el("td", { class: "figure", text: percent(region.share) })))))));
    }
    return section;
  }

  #facts() {
    const { explanation, event } = this.#event;
    const method = explanation?.method;
    const timings = explanation?.timings;
    const facts = [
      ["Model", explanation?.model ? plain(explanation.model.name + " " + (explanation.model.version ?? ""), 100) : null],
      ["Method", method ? plain(method.name + " " + method.version, 60) + (method.ratio ? ", ratio " + number(method.ratio, 1) : "") : null],
      ["Device", explanation?.device ? plain(explanation.device, 60) : null],
      ["Time taken", timings ? number((timings.decodeMicros + timings.queueMicros + timings.computeMicros) / 1000) + " ms, of it " + number(timings.computeMicros / 1000) + " ms for a batch of " + number(timings.batchSize) : null],
      ...Object.entries(event?.attributes ?? {}).slice(0, 40).map(([name, value]) => [plain(name, 60), foreign(value, 160)]),
    ].filter(([, value]) => value !== null && value !== undefined);
    return el("section", { class: "card" }, el("h2", { text: "Event" }),
      el("dl", { class: "facts" }, facts.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", {}, value)))),
      (explanation?.leftOut ?? []).map((words) => el("p", { class: "note" }, "Left out of the maps: ", foreign(words, 300))));
  }

  #record(key) {
    const details = el("details", { class: "table" }, el("summary", { text: "The record as JSON" }));
    details.addEventListener("toggle", () => {
      if (details.open && details.childElementCount === 1) {
        const text = JSON.stringify(this.#event.explanation, null, 2);
        details.append(copyButton(() => text), el("pre", { tabindex: "0", text: printable(text) }));
      }
    });
    return el("section", { class: "card" }, el("h2", { text: "Record" }), details,
      el("p", {}, el("a", { href: local("api/events/" + key), download: "event-" + key.replace("/", "-") + ".json", text: "Download all of this as JSON" })));
  }

  #redraw() {
    this.#pictures.forEach((picture) => picture.show());
    if (this.opacity) {
      this.opacity.value = String(Math.round(reader.get("opacity") * 100));
    }
  }
}

function overview() {
  return address.link({ ...address.choice, event: undefined, id: undefined, time: undefined });
}

/** Buttons of which one is pressed, for one of the reader's preferences. */
function choice(name, label, options) {
  const buttons = options.map(([value, words]) => el("button", {
    type: "button", text: words, "aria-pressed": String(reader.get(name) === value),
    click: () => reader.set(name, value),
  }));
  reader.on([name], () => buttons.forEach((button, i) => button.setAttribute("aria-pressed", String(reader.get(name) === options[i][0]))));
  return el("div", { class: "segments", role: "group", "aria-label": label }, buttons);
}

function scoreWords({ prediction, kind, score }) {
  return kind === "probability" && Number.isFinite(prediction) ? percent(prediction) : number(prediction ?? score, 2);
}

/** JSON leaves characters that turn the direction of writing as they are. */
function printable(text) {
  return text.slice(0, 200_000).replace(/[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}
