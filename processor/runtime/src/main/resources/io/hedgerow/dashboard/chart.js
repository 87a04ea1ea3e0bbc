/** Curves over time, drawn by uPlot in the page's colours, each with a table of what it shows. */

import { el, fill } from "./dom.js";
import { reader } from "./reader.js";
import { clock, iso } from "./words.js";

const MOST_ROWS = 300;

/** The page's colours of this moment, by name. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue("--" + name).trim();
}

export function axes(colour, values, size = 44) {
  const common = { stroke: colour("quiet"), font: "11px system-ui, sans-serif", ticks: { show: false } };
  return [
    { ...common, size: 22, gap: 4, grid: { show: false }, space: 70, values: (_, at) => at.map((time) => timeOfDay(time, at)) },
    { ...common, size, gap: 4, space: 26, grid: { stroke: colour("line"), width: 1 }, values },
  ];
}

/** To the minute where marks are minutes apart. */
function timeOfDay(time, marks) {
  const words = clock(time * 1000);
  return marks.length > 1 && marks[1] - marks[0] < 60 ? words : words.replace(/(:\d\d):\d\d$/, "$1");
}

export class Chart {
  element;
  #box = el("div", { class: "plot" });
  #details = el("details", { class: "table" }, el("summary", { text: "Table" }));
  #plot = null;
  #options;
  #columns;
  #data = null;
  #height;

  /**
   * @param caption what is shown, in words
   * @param options called with the width and a function from names to colours: uPlot's options
   * @param columns heading and writing of each series, the time's left out
   */
  constructor(caption, height, options, columns) {
    this.#options = options;
    this.#columns = columns;
    this.#height = height;
    this.element = el("figure", { class: "chart" }, el("figcaption", { text: caption }), this.#box, this.#details);
    this.#box.style.height = height + "px";
    this.#details.addEventListener("toggle", () => this.#table());
    reader.on(["theme"], () => this.#draw());
    new ResizeObserver(() => this.#resize()).observe(this.#box);
  }

  get plot() {
    return this.#plot;
  }

  /** Shows data: seconds since 1970, then a list for each series. */
  show(data) {
    this.#data = data;
    if (this.#plot === null) {
      this.#draw();
    } else {
      this.#plot.setData(data);
    }
    this.#table();
  }

  /** The library is evaluated with the first curve: that takes as long as all of the page's own modules. */
  async #draw() {
    if (this.#data === null) {
      return;
    }
    const { default: uPlot } = await import("./uplot.js");
    this.#plot?.destroy();
    this.#plot = null;
    const width = this.#box.clientWidth;
    if (width === 0) {
      return;
    }
    const options = {
      width, height: this.#height, pxAlign: true, legend: { show: false },
      ...this.#options(colours()),
    };
    this.#plot = new uPlot(options, this.#data, this.#box);
  }

  #resize() {
    const width = this.#box.clientWidth;
    if (this.#plot === null) {
      this.#draw();
    } else if (width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: this.#height });
    }
  }

  #table() {
    if (!this.#details.open || this.#data === null) {
      return;
    }
    const [times, ...series] = this.#data;
    const rows = times.map((_, i) => i).reverse().slice(0, MOST_ROWS);
    const table = el("table", { class: "numbers" },
      el("thead", {}, el("tr", {}, el("th", { scope: "col", text: "time" }),
        this.#columns.map(([heading]) => el("th", { scope: "col", text: heading })))),
      el("tbody", {}, rows.map((i) => el("tr", {},
        el("th", { scope: "row", title: iso(times[i] * 1000), text: clock(times[i] * 1000) }),
        this.#columns.map(([, write], column) => el("td", { text: write(series[column][i]) }))))));
    const scroll = el("div", { class: "scroll", tabindex: "0" }, table);
    fill(this.#details, this.#details.firstElementChild, scroll);
  }
}
