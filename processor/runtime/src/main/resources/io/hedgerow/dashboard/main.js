/** Wires the page: what is known, what is chosen, and what shows it. */

import { address } from "./address.js";
import { Alerts } from "./alerts.js";
import { Bar } from "./bar.js";
import { Brush } from "./brush.js";
import { Classes } from "./classes.js";
import { Details } from "./details.js";
import { el, fill, say } from "./dom.js";
import { EventPage } from "./event-page.js";
import { Feed } from "./feed.js";
import { keyboard } from "./keys.js";
import { Machine } from "./machine.js";
import { Monitor } from "./monitor.js";
import { reader } from "./reader.js";
import { Server } from "./server.js";
import { Stream } from "./stream.js";
import { Verdict } from "./verdict.js";
import { plain } from "./words.js";

const AGAIN = 3_000;
const TICK = 1_000;

const server = new Server();
const monitor = new Monitor(server);
const details = new Details(server);
const page = document.getElementById("page");
const foot = document.getElementById("foot");
const loading = document.getElementById("loading");

const showHelp = keyboard({ search, step, close, pause, opacity });
const bar = new Bar(monitor, document.getElementById("bar"), showHelp);
const verdict = new Verdict(monitor);
const brush = new Brush(monitor, server);
const alerts = new Alerts(monitor, server, details);
const feed = new Feed(monitor, server);
const classes = new Classes(monitor, server, details);
const machine = new Machine(monitor, server);
const eventPage = new EventPage(server);
const overview = el("div", { class: "overview" },
  verdict.element, brush.element, alerts.element, el("div", { class: "columns" }, feed.element, classes.element), machine.element);
let scrolled = 0;
let came = null;

function show(changed) {
  if (monitor.state === null) {
    say(loading, "The server doesn't answer: " + (monitor.error ?? "") + ". It is asked again every few seconds.");
    return;
  }
  const all = changed.has("all") || changed.has("address");
  bar.show();
  if (address.choice.event !== undefined || address.choice.id !== undefined) {
    if (overview.isConnected) {
      scrolled = scrollY;
      came = document.activeElement;
    }
    if (!eventPage.element.isConnected) {
      fill(page, eventPage.element);
    }
    if (address.choice.event !== undefined) {
      eventPage.show(address.choice.event);
    }
  } else if (!overview.isConnected) {
    eventPage.close();
    fill(page, overview);
    scrollTo(0, scrolled);
    came?.focus({ preventScroll: true });
    brush.changed();
  }
  verdict.show();
  if (all || changed.has("alerts") || changed.has("models")) {
    alerts.show();
  }
  if (all || changed.has("feed") || changed.has("live")) {
    feed.show();
  }
  if (all || changed.has("classes")) {
    classes.show();
  }
  if (all || changed.has("machine")) {
    machine.show();
  }
  brush.show();
  say(foot, "Hedgerow " + plain(monitor.state.version, 40) + " · " + plain(monitor.state.applicationId, 80));
}

function search() {
  // At once: what is typed next is meant for it.
  focusSearch();
  if (address.choice.event !== undefined) {
    address.choose({ event: null });
    // The overview, as it comes back, gives the focus to the row that one came from.
    requestAnimationFrame(focusSearch);
  }
}

function focusSearch() {
  if (document.activeElement !== bar.search) {
    bar.search.focus();
    bar.search.select();
  }
}

/** An event that is named by its id is looked up; from then on its address says where it is. */
async function lookUp() {
  const { id, time } = address.choice;
  if (id === undefined) {
    return;
  }
  try {
    const { partition, offset } = await server.find(id, time);
    address.choose({ event: partition + "/" + offset, id: null, time: null });
  } catch (problem) {
    eventPage.missing(id, problem.message);
  }
}

function step(by) {
  monitor.stop();
  if (address.choice.event !== undefined) {
    const next = eventPage.neighbour(by > 0 ? 1 : -1);
    if (next) {
      address.choose({ event: next });
    }
    return;
  }
  const rows = [...page.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility());
  const at = rows.indexOf(document.activeElement.closest("[data-row]"));
  const next = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by))];
  next?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function close(event) {
  if (event.target === bar.search && bar.search.value !== "") {
    bar.search.value = "";
    searched();
  } else if (event.target === bar.search) {
    bar.search.blur();
  } else if (address.choice.event !== undefined || address.choice.id !== undefined) {
    address.choose({ event: null, id: null, time: null });
  } else if (address.choice.class !== undefined) {
    address.choose({ class: null });
  } else if (address.hasSpan) {
    address.choose({ from: null, to: null });
  } else if (bar.search.value !== "") {
    bar.search.value = "";
    searched();
  }
}

function pause() {
  if (monitor.isLive && !address.hasSpan) {
    monitor.stop();
  } else {
    bar.goLive();
  }
}

function opacity(by) {
  reader.set("opacity", Math.round(Math.max(0, Math.min(1, reader.get("opacity") + by)) * 20) / 20);
}

function searched() {
  classes.search = bar.search.value;
  if (monitor.state !== null) {
    classes.show();
  }
}

/** What the search names: an event's address, a class, or one of the recent events' ids. */
async function find() {
  const words = bar.search.value.trim();
  bar.search.setCustomValidity("");
  const where = /^(\d{1,10})\s*[/:]\s*(\d{1,19})$/.exec(words);
  if (words === "") {
    return;
  }
  if (where) {
    address.choose({ event: where[1] + "/" + where[2] });
    return;
  }
  const [row] = classes.matching();
  if (row) {
    address.choose({ class: row.classIndex, model: row.model });
    return;
  }
  try {
    const { partition, offset } = await server.find(words);
    address.choose({ event: partition + "/" + offset, id: null, time: null });
  } catch (problem) {
    bar.search.setCustomValidity(problem.message.slice(0, 300));
    bar.search.reportValidity();
  }
}

bar.search.addEventListener("input", () => {
  bar.search.setCustomValidity("");
  searched();
});
bar.search.addEventListener("keydown", (event) => event.key === "Enter" && find());
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  page.focus();
});
// Whoever touches a row reads it: nothing may move under the hand. What is wrong goes on being said.
overview.addEventListener("pointerdown", (event) => event.target.closest(".feed, .classes, .brush, .alerts") && monitor.stop());

let chosen = address.link();
address.addEventListener("change", () => {
  const before = new URLSearchParams(chosen.slice(1));
  chosen = address.link();
  const after = new URLSearchParams(chosen.slice(1));
  if (address.hasSpan || address.choice.event !== undefined) {
    monitor.stop();
  }
  if (monitor.state !== null) {
    show(new Set(["address"]));
    lookUp();
    if (["from", "to", "model"].some((name) => before.get(name) !== after.get(name))) {
      brush.changed();
      classes.spanChanged();
      machine.spanChanged();
    }
  }
});

monitor.on((changed) => {
  if (loading.isConnected && monitor.state !== null) {
    loading.remove();
    if (address.hasSpan || address.choice.event !== undefined) {
      monitor.stop();
    }
    fill(page, address.choice.event === undefined && address.choice.id === undefined ? overview : eventPage.element);
    // What is below comes after it, each in a task of its own: all at once would keep the page from answering.
    show(new Set(["alerts"]));
    for (const kind of ["feed", "classes", "machine"]) {
      setTimeout(() => show(new Set([kind])));
    }
    lookUp();
    if (address.hasSpan) {
      classes.spanChanged();
      machine.spanChanged();
    }
    return;
  }
  show(changed);
});

new Stream((kind, data) => monitor.take(kind, data), () => monitor.load(), (isLost) => monitor.lost(isLost));
if (!document.hidden) {
  monitor.load();
}
setInterval(() => {
  if (document.hidden) {
    return;
  }
  if (monitor.state !== null && address.choice.event === undefined) {
    verdict.show();
    bar.showLive();
    brush.show();
  }
}, TICK);
setInterval(() => !document.hidden && monitor.error !== null && monitor.load(), AGAIN);
