/** Alerts in words: what kind they are, what changed, what the doubt is. */

import { className, clock, duration, evidence, number, percent, plain } from "./words.js";

const KINDS = {
  drift: "looks elsewhere",
  class_share: "decided more or less often",
  shortcut: "possible shortcut",
  disagreement: "predictions disagree",
  coverage: "too few explained",
  failures: "too many fail",
  blind: "maps without evidence",
  unfaithful: "evidence matters no more than chance",
};

const CLOSED = {
  back: "what changed is as it was",
  stale: "no events for a day",
  reference: "another reference took over",
  verdict: "somebody answered it",
};

const STATISTICS = {
  concentration: "concentration of the evidence",
  border: "evidence in the border",
  variation: "distance to the reference's mean map",
  novelty: "maps unlike any known",
  confidence: "confidence",
  "low-score": "scores lower than 95 % of earlier ones",
  "high-score": "scores higher than 95 % of earlier ones",
  share: "share of the decisions",
  group: "share of maps that look at one place",
  disagreement: "predictions that disagree",
  coverage: "events explained",
  failures: "events that fail",
  blind: "maps without evidence",
  faithfulness: "evidence matters",
};

const ROWS = ["top", "upper", "lower", "bottom"];
const COLUMNS = ["left", "inner left", "inner right", "right"];

export function kindWords(alert) {
  return KINDS[alert.kind] ?? "alert";
}

export function closedWords(alert) {
  return CLOSED[alert.closedBecause] ?? "closed";
}

export function statisticWords(alert) {
  const zone = /^zone-(\d)-(\d)$/.exec(alert.statistic ?? "");
  if (zone) {
    return "evidence in the zone " + ROWS[zone[1] - 1] + ", " + COLUMNS[zone[2] - 1];
  }
  return STATISTICS[alert.statistic] ?? plain(alert.statistic, 40);
}

export function subject(alert, model) {
  const name = model ? plain(model.name, 60) + (model.version ? " " + plain(model.version, 20) : "") : plain(alert.model, 60);
  return className(alert.classIndex, alert.label) + " · " + name;
}

/** What to keep in mind: how much was seen, what it is compared with, how sure that is. */
export function doubts(alert, model, now) {
  const said = [];
  if (alert.events !== null && alert.events !== undefined) {
    said.push(["Sample", number(alert.events) + " events since " + clock(alert.since, now)
      + (alert.events < 100 ? "; few: look again in a while" : "")]);
  }
  if (Number.isFinite(alert.logEvidence)) {
    said.push(["Evidence", evidence(alert.logEvidence) + " against the reference; an alert opens at " + evidence(alert.logThreshold)]);
  } else if (alert.kind === "shortcut") {
    said.push(["Evidence", "a group of maps alike that chance would hardly make; it asks, it doesn't judge"]);
  }
  const learnedAt = alert.referenceLearnedAt ?? model?.reference?.learnedAt;
  if (alert.expected === null || alert.expected === undefined) {
    said.push(["Reference", "none: this is found in the maps themselves"]);
  } else if (learnedAt) {
    const age = now - learnedAt;
    said.push(["Reference", number(alert.referenceEvents ?? model?.reference?.events) + " explanations, " + duration(age) + " old"
      + (age < 86_400_000 ? "; it has seen less than a day" : "")]);
  }
  return said;
}

/** The alert in one line, for what is read out and where its own message is missing. */
export function claim(alert) {
  return alert.message
    // Times stand beside it, in the reader's zone.
    ? plain((alert.message.charAt(0).toUpperCase() + alert.message.slice(1)).replace(/,? since \d{4}-\d\d-\d\dT[\d:.]+Z/, "").replace(/(\d) %/g, "$1\u202f%"), 400)
    : statisticWords(alert) + ": " + percent(alert.value) + ", expected " + percent(alert.expected);
}
