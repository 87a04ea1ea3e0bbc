/** The page's few signs, as lines on 16 x 16. */

export const ICONS = {
  ok: "M3 8.5 6.5 12 13 4.5",
  warning: "M8 2.5 14.5 13.5H1.5ZM8 6.5V10M8 11.6V12",
  critical: "M5.2 1.8H10.8L14.2 5.2V10.8L10.8 14.2H5.2L1.8 10.8V5.2ZM8 4.8V9M8 11V11.4",
  learning: "M8 2A6 6 0 1 0 14 8M8 4.6V8L10.4 9.6",
  unknown: "M5.6 6A2.4 2.4 0 1 1 8 8.6V9.8M8 12V12.4",
  info: "M8 7V12M8 4.2V4.6",
  link: "M6.6 9.4 9.4 6.6M7 4.6 8.6 3A3.1 3.1 0 0 1 13 7.4L11.4 9M9 11.4 7.4 13A3.1 3.1 0 0 1 3 8.6L4.6 7",
  pause: "M5.5 3.5V12.5M10.5 3.5V12.5",
  play: "M5 3.2 12.5 8 5 12.8Z",
  back: "M9.5 3.5 5 8 9.5 12.5",
  forward: "M6.5 3.5 11 8 6.5 12.5",
  close: "M4 4 12 12M12 4 4 12",
  theme: "M8 2A6 6 0 1 0 8 14ZM8 2A6 6 0 0 1 8 14",
};
