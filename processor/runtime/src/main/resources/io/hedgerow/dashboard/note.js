/**
 * Signed notes, checkpoints and public keys as C2SP and Go's sumdb write them (https://c2sp.org/signed-note,
 * https://c2sp.org/tlog-checkpoint).
 */

const DASH = "\u2014 ";
const ED25519 = 1;
const text = new TextEncoder();

export function bytes(base64) {
  return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
}

export async function sha256(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(await crypto.subtle.digest("SHA-256", whole));
}

export function same(a, b) {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** A signed checkpoint taken apart: what is signed, what it says, who signed. Says nothing of whether signatures hold. */
export function checkpoint(note) {
  const end = note.lastIndexOf("\n\n");
  if (end < 0 || !note.endsWith("\n")) {
    throw new Error("the checkpoint is no signed note");
  }
  const signed = note.slice(0, end + 1);
  const [origin, size, root] = signed.split("\n");
  if (!/^(0|[1-9][0-9]{0,15})$/.test(size ?? "") || !/^[A-Za-z0-9+/]{43}=$/.test(root ?? "")) {
    throw new Error("the checkpoint's lines aren't origin, size and root");
  }
  const signatures = note.slice(end + 2).split("\n").filter(Boolean).map((line) => {
    const [name, encoded, ...more] = line.slice(DASH.length).split(" ");
    if (!line.startsWith(DASH) || !encoded || more.length > 0) {
      throw new Error("the checkpoint has a line that is no signature");
    }
    const all = bytes(encoded);
    return { name, id: all.slice(0, 4), signature: all.slice(4) };
  });
  return { signed: text.encode(signed), origin, size: Number(size), root: bytes(root), signatures };
}

/** A public key as `hedgerow audit keygen` prints it: NAME+ID+KEY. */
export async function publicKey(written) {
  const stripped = written.trim();
  if (stripped.startsWith("PRIVATE+KEY+")) {
    throw new Error("that is the secret half of a key: never give it away; the public half is in the file that ends in .pub");
  }
  const match = /^([^+\s]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(stripped);
  const typed = match ? bytes(match[3]) : new Uint8Array();
  if (typed.length !== 33 || typed[0] !== ED25519) {
    throw new Error("that is no public key: one looks like NAME+00000000+BASE64, as `hedgerow audit keygen` prints it");
  }
  const id = (await sha256(text.encode(match[1] + "\n"), typed)).slice(0, 4);
  if ([...id].map((byte) => byte.toString(16).padStart(2, "0")).join("") !== match[2]) {
    throw new Error("the key's id is not that of the key: it was altered or cut");
  }
  return { name: match[1], id, raw: typed.slice(1) };
}

/** Whether a key signed the checkpoint; throws where its signature is there and wrong. */
export async function isSignedBy(note, key) {
  const lines = note.signatures.filter((line) => line.name === key.name && same(line.id, key.id));
  if (lines.length === 0) {
    return false;
  }
  const imported = await crypto.subtle.importKey("raw", key.raw, { name: "Ed25519" }, false, ["verify"]);
  for (const line of lines) {
    if (!(await crypto.subtle.verify({ name: "Ed25519" }, imported, line.signature, note.signed))) {
      throw new Error("the signature of " + key.name + " on the checkpoint is wrong");
    }
  }
  return true;
}
