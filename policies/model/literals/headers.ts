import { masked, type Spot, shapeAt } from "./shapes.ts";
import { looksRandom } from "./words.ts";

/** What stands before that by which a caller proves himself: of RFC 6750, and of RFC 7617. */
export const schemes = ["bearer ", "basic "];

const HEADER = /(?:bearer|(basic)) +([\w.~+/-]{8,}=*)/iy;

/** The token, or the login in base64, that a header hands over whose scheme begins at a place. */
export function handedOver(text: string, at: number, code: boolean): Spot | undefined {
  if (/[\w-]/.test(text[at - 1] ?? "")) return undefined;
  HEADER.lastIndex = at;
  const [whole = "", basic, value = ""] = HEADER.exec(text) ?? [];
  const end = at + whole.length;
  const start = end - value.length;
  if (basic !== undefined)
    return isLogin(value) ? { shape: "a login of HTTP", ...masked(value), start: at, end } : undefined;
  // Where it has a shape of its own, that says more; a path is where it lies.
  if (value.startsWith("/") || !looksRandom(value) || shapeAt(text, start, code) !== undefined) return undefined;
  return { shape: "a bearer's token", ...masked(value), start: at, end };
}

/** Whether it is base64 of a name and a password. */
const isLogin = (value: string): boolean =>
  /^[\x20-\x39\x3b-\x7e]*:[\x20-\x7e]+$/.test(Buffer.from(value, "base64").toString("latin1"));
