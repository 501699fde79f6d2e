const BYTES: Readonly<Record<string, number>> = { "": 1, k: 2 ** 10, m: 2 ** 20, g: 2 ** 30 };
const SECONDS: Readonly<Record<string, number>> = {
  ...{ ms: 0.001, s: 1, "": 1, m: 60, h: 3600, d: 86_400, w: 604_800, M: 2_592_000, y: 31_536_000 },
};

/** `8k`, `1M`, `1024`; NaN for anything else. */
export function bytesOf(text: string): number {
  const [, figure = "", unit = ""] = /^(\d+)([kmg]?)$/i.exec(text) ?? [];
  return figure === "" ? Number.NaN : Number(figure) * (BYTES[unit.toLowerCase()] ?? Number.NaN);
}

/** `60s`, `1m 30s`, `1h30m`, `10`; NaN for anything else. */
export function secondsOf(text: string): number {
  const parts = [...text.matchAll(/(\d+)(ms|[smhdwMy]?)\s*/g)];
  if (parts.length === 0 || parts.map(([all]) => all).join("") !== text) return Number.NaN;
  return parts.reduce((sum, [, figure = "", unit = ""]) => sum + Number(figure) * (SECONDS[unit] ?? Number.NaN), 0);
}
