/**
 * Proofs that an entry is in the audit log (RFC 6962, section 2.1.1), checked here: nothing that the server says is believed but
 * what its hashes lead to.
 */

import { bytes, checkpoint, isSignedBy, publicKey, same, sha256 } from "./note.js";

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** The root that a leaf leads to; null if the path doesn't fit index and size. */
export async function rootOf(leaf, index, size, path) {
  let node = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of path) {
    if (last === 0) {
      return null;
    }
    if (node % 2 === 1 || node === last) {
      hash = await sha256(NODE, sibling, hash);
      while (node % 2 === 0 && node !== 0) {
        node = Math.floor(node / 2);
        last = Math.floor(last / 2);
      }
    } else {
      hash = await sha256(NODE, hash, sibling);
    }
    node = Math.floor(node / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 ? hash : null;
}

/**
 * Checks a proof.
 *
 * @param proof {entry, leafIndex, treeSize, path, checkpoint}
 * @param named texts that the entry must hold, such as the event's id and the picture's digest
 * @param key the public key as it is written, or nothing
 * @returns what was found: `state` is authenticated, consistent or broken, `words` say why
 */
export async function check(proof, named, key) {
  try {
    const note = checkpoint(proof.checkpoint);
    const entry = bytes(proof.entry);
    const path = proof.path.map(bytes);
    if (!Number.isSafeInteger(proof.leafIndex) || proof.leafIndex < 0 || proof.leafIndex >= note.size) {
      return broken("the checkpoint covers " + note.size + " entries; this one would be number " + proof.leafIndex);
    }
    const root = await rootOf(await sha256(LEAF, entry), proof.leafIndex, note.size, path);
    if (root === null || !same(root, note.root)) {
      return broken("the entry's hash does not lead to the checkpoint's root: entry, path or checkpoint was altered");
    }
    const missing = named.find((text) => text && text.length <= 500 && !holds(entry, new TextEncoder().encode(text)));
    if (missing !== undefined) {
      return broken("the entry that is proven is about something else: it does not hold " + missing.slice(0, 80));
    }
    const found = { origin: note.origin, size: note.size, index: proof.leafIndex, hashes: path.length };
    if (!key) {
      return { ...found, state: "consistent", words: "without the public key nobody knows who signed the checkpoint" };
    }
    const verifier = await publicKey(key);
    if (!(await isSignedBy(note, verifier))) {
      return { ...found, state: "broken", words: "the checkpoint is not signed by " + verifier.name };
    }
    return { ...found, state: "authenticated", words: "signed by " + verifier.name };
  } catch (problem) {
    return problem.name === "NotSupportedError"
      ? { state: "consistent", words: "this browser has no Ed25519: check the signature with the command" }
      : broken(problem.message);
  }
}

function broken(words) {
  return { state: "broken", words };
}

function holds(all, part) {
  for (let at = 0; at + part.length <= all.length; at++) {
    if (part.every((byte, i) => all[at + i] === byte)) {
      return true;
    }
  }
  return false;
}
