import { styleText } from "node:util";
import type { Style } from "../../policies/report/text.ts";

const colours = {
  critical: ["bold", "red"],
  high: "red",
  medium: "yellow",
  low: "blue",
  title: "bold",
  faint: "dim",
  good: "green",
} as const;

/** Colours, where a stream is a terminal. */
export const styleFor =
  (stream: NodeJS.WritableStream): Style =>
  (kind, text) =>
    styleText([...[colours[kind]].flat()], text, { stream });
