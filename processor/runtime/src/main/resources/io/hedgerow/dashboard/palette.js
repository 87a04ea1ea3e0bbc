/**
 * Colours of relevance: evidence warm, suppression cool, told apart by people who don't see red and green alike. On a light page
 * nothing is light and much is dark, on a dark page the other way round; over pictures colours go from light to dark, with
 * opacity, as in the pictures of the command line.
 */

export const LIGHT = {
  warm: ["#f4f1ec", "#f8d9a8", "#f2a65a", "#dd6b2a", "#a83a18", "#6b1a10"],
  cool: ["#f4f1ec", "#c8dfee", "#8dbfe0", "#4d94c9", "#2464a0", "#123a6b"],
};

export const DARK = {
  warm: ["#1b2025", "#4d2a18", "#8f4319", "#cf6a25", "#f5a050", "#ffdca6"],
  cool: ["#1b2025", "#17364d", "#1f5a85", "#3a87bd", "#74b6e2", "#c4e4fa"],
};

export const OVERLAY = {
  warm: ["#ffd166", "#ff8c1a", "#f2421b", "#b00026"],
  cool: ["#9be7ff", "#38b0f0", "#1f6fe6", "#1531b8"],
};

const STEPS = 256;
/** Below this part of the scale nothing is drawn over a picture: it stays legible where the map says little. */
const THRESHOLD = 0.08;

function channels(hex) {
  return [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));
}

function ramp(stops) {
  const colours = stops.map(channels);
  return Array.from({ length: STEPS }, (_, step) => {
    const at = (step / (STEPS - 1)) * (colours.length - 1);
    const stop = Math.min(colours.length - 2, Math.floor(at));
    return colours[stop].map((low, i) => Math.round(low + (colours[stop + 1][i] - low) * (at - stop)));
  });
}

const ramps = Object.fromEntries(
  Object.entries({ LIGHT, DARK, OVERLAY }).map(([name, sides]) => [
    name,
    { warm: ramp(sides.warm), cool: ramp(sides.cool) },
  ]),
);

function step(strength) {
  return Math.max(0, Math.min(STEPS - 1, Math.round(strength * (STEPS - 1))));
}

/** Red, green, blue of a relevance from −1 to 1 on the page's ground. */
export function onPage(relevance, isDark) {
  const sides = ramps[isDark ? "DARK" : "LIGHT"];
  return (relevance < 0 ? sides.cool : sides.warm)[step(Math.abs(relevance))];
}

/** Red, green, blue, alpha (0 to 255) of a relevance from −1 to 1 over a picture. */
export function overPicture(relevance) {
  const strength = Math.max(0, (Math.min(1, Math.abs(relevance)) - THRESHOLD) / (1 - THRESHOLD));
  const sides = ramps.OVERLAY;
  return [...(relevance < 0 ? sides.cool : sides.warm)[step(strength)], Math.round(255 * Math.sqrt(strength))];
}
