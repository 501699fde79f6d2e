/** What one layer does with a packet. */
export interface LayerVerdict {
  /** `nftables of prd-tkt-api-a, output`. */
  readonly layer: string;
  readonly passes: boolean;
  /** Rules that let it through, or why it is stopped: as their program prints them. */
  readonly by: readonly string[];
}

/** A layer and the rules of it that let a packet through; none: it stops there. */
export const layer = (name: string, by: readonly string[], stopped: string): LayerVerdict => ({
  layer: name,
  passes: by.length > 0,
  by: by.length > 0 ? [...new Set(by)] : [stopped],
});

/** `passes nftables of x (rule); is stopped by ...`. */
export const shownLayer = ({ layer: name, passes, by }: LayerVerdict): string =>
  `${passes ? "passes" : "stops at"} ${name}: ${by.join("; ")}`;
