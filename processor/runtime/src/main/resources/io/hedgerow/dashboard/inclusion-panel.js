/** An event's entry in the audit trail, and the button that proves it to be there. */

import { copyButton, el, fill, say } from "./dom.js";
import { check } from "./inclusion.js";
import { reader } from "./reader.js";
import { moment, number, plain, foreign } from "./words.js";

const VERDICTS = {
  authenticated: ["✓", "In the log, authenticated"],
  consistent: ["○", "Consistent, not authenticated"],
  broken: ["✕", "Not proven"],
};

export function auditPanel(server, partition, offset, event) {
  const panel = el("section", { class: "card audit" }, el("h2", { text: "Audit entry" }));
  const body = el("div", {}, el("p", { class: "note", text: "Reading the trail …" }));
  panel.append(body);
  server.audit(partition, offset).then(
    ({ entry, reason }) => (entry ? fill(body, facts(entry), proof(server, partition, offset, event)) : missing(body, reason)),
    (problem) => missing(body, problem.message));
  return panel;
}

function missing(body, reason) {
  fill(body, el("p", { class: "empty" }, "No entry of the audit trail is shown: ", foreign(reason ?? "there is none", 300)));
}

function proof(server, partition, offset, event) {
  return window.isSecureContext && crypto.subtle ? verifier(server, partition, offset, event) : byCommand(event);
}

function facts(entry) {
  const shown = [
    ["Number", number(entry.index)],
    ["Status", plain(entry.status, 40)],
    ["Recorded", entry.recordedAt ? moment(entry.recordedAt) : null],
    ["Explanation", digest(entry.explanationSha256 ?? entry.explanation?.sha256)],
    ["Picture", digest(entry.imageSha256)],
    ["Entry before", digest(entry.previousLeaf)],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "–");
  return el("dl", { class: "facts" }, shown.map(([name, value]) => el("div", {}, el("dt", { text: name }), el("dd", {}, value))));
}

function digest(hex) {
  return hex ? el("code", { title: plain(hex), text: plain(hex).slice(0, 16) + "…" }) : null;
}

function verifier(server, partition, offset, event) {
  const result = el("div", { class: "proof-result", role: "status" });
  const key = el("input", { type: "text", spellcheck: "false", autocomplete: "off", placeholder: "NAME+00000000+BASE64", "aria-label": "Public key", value: reader.get("key") });
  const button = el("button", { type: "button", class: "primary", text: "Verify inclusion" });
  const box = el("div", { class: "key-box" },
    el("label", {}, el("span", { text: "Public key: paste it, or drop its file here. It stays in this browser." }), key));
  const verify = async () => {
    button.disabled = true;
    fill(result, el("p", { text: "Checking …" }));
    try {
      const proof = await server.proof(partition, offset);
      if (proof.error) {
        throw new Error(proof.error);
      }
      const { state, words, origin, size, index, hashes } = await check(proof, [event.event?.id, event.explanation?.image?.sha256], key.value.trim());
      const [sign, title] = VERDICTS[state];
      fill(result, el("p", { class: "proof " + state }, el("span", { class: "sign", "aria-hidden": "true", text: sign }), el("b", { text: title }), el("span", { text: plain(words, 300) })),
        origin ? el("p", { class: "note" }, "Entry " + number(index) + " of " + number(size) + " leads through " + number(hashes) + " hashes to the root of ", foreign(origin, 120), ".") : null);
    } catch (problem) {
      fill(result, el("p", { class: "proof" }, el("b", { text: "No proof yet" }), el("span", { text: problem.message })));
    }
    button.disabled = false;
  };
  button.addEventListener("click", verify);
  key.addEventListener("change", () => {
    reader.set("key", key.value.startsWith("PRIVATE+KEY+") ? "" : key.value.trim());
    verify();
  });
  box.addEventListener("dragover", (drag) => drag.preventDefault());
  box.addEventListener("drop", async (drop) => {
    drop.preventDefault();
    const file = drop.dataTransfer.files[0];
    key.value = (file ? (await file.slice(0, 2_000).text()) : drop.dataTransfer.getData("text/plain")).trim();
    key.dispatchEvent(new Event("change"));
  });
  return el("div", { class: "verify" }, button, result, box);
}

/** Browsers do no cryptography on pages that came over an open line. */
function byCommand(event) {
  const id = event.event?.id ?? "";
  const command = "hedgerow audit prove " + quoted(id) + " --config hedgerow.yaml --public-key audit.key.pub";
  const code = el("code", { tabindex: "0" });
  say(code, plain(command, 400));
  return el("div", { class: "verify" },
    el("p", { class: "note", text: "This page came over plain HTTP from another machine, where browsers check no signatures. The command does:" }),
    el("div", { class: "command" }, code, copyButton(() => command)));
}

/** As one word of a shell, whatever it holds. */
function quoted(text) {
  return /^[A-Za-z0-9._:/-]+$/.test(text) ? text : "'" + text.replaceAll("'", "'\\''") + "'";
}
