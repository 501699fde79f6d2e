/**
 * Sets of whole numbers as sorted, disjoint, non-adjacent inclusive ranges in one flat list: `[first, last, first, last]`.
 * Two sets are the same exactly when their lists are.
 */
export type Ranges<Point extends number | bigint> = readonly Point[];

/** What arithmetic on numbers and on big integers differs in. */
export interface Line<Point extends number | bigint> {
  readonly next: (point: Point) => Point;
  readonly previous: (point: Point) => Point;
  readonly sorted: (points: Point[]) => ArrayLike<Point>;
}

/** Addresses of IPv4 and ports: at most 32 bits. */
export const numbers: Line<number> = {
  next: (point) => point + 1,
  previous: (point) => point - 1,
  sorted: (points) => (points.length < 32 ? points.sort((a, b) => a - b) : Float64Array.from(points).sort()),
};

/** Addresses of IPv6. */
export const bigIntegers: Line<bigint> = {
  next: (point) => point + 1n,
  previous: (point) => point - 1n,
  sorted: (points) =>
    points.sort((a, b) => {
      if (a === b) return 0;
      return a < b ? -1 : 1;
    }),
};

/** All of many sets. */
export function unionRanges<Point extends number | bigint>(
  line: Line<Point>,
  sets: readonly Ranges<Point>[],
): Ranges<Point> {
  const firsts: Point[] = [];
  const lasts: Point[] = [];
  let only: Ranges<Point> = [];
  let given = 0;
  for (const set of sets) {
    if (set.length === 0) continue;
    given += 1;
    only = set;
    for (let at = 0; at < set.length; at += 2) {
      firsts.push(set[at] as Point);
      lasts.push(set[at + 1] as Point);
    }
  }
  return given <= 1 ? only : joined(line, line.sorted(firsts), line.sorted(lasts));
}

/** Where as many ranges have ended as have begun, and the next begins only later, a gap is: so both can be sorted alone. */
function joined<Point extends number | bigint>(
  line: Line<Point>,
  firsts: ArrayLike<Point>,
  lasts: ArrayLike<Point>,
): Ranges<Point> {
  const found: Point[] = [firsts[0] as Point];
  for (let at = 1; at < firsts.length; at += 1) {
    const before = lasts[at - 1] as Point;
    const first = firsts[at] as Point;
    if (first > line.next(before)) found.push(before, first);
  }
  found.push(lasts[lasts.length - 1] as Point);
  return found;
}

/** What is in both. */
export function intersectRanges<Point extends number | bigint>(a: Ranges<Point>, b: Ranges<Point>): Ranges<Point> {
  const found: Point[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const aLast = a[i + 1] as Point;
    const bLast = b[j + 1] as Point;
    const first = (a[i] as Point) > (b[j] as Point) ? (a[i] as Point) : (b[j] as Point);
    const last = aLast < bLast ? aLast : bLast;
    if (first <= last) found.push(first, last);
    if (aLast < bLast) i += 2;
    else j += 2;
  }
  return found;
}

/** What is in the first and not in the second. */
export function subtractRanges<Point extends number | bigint>(
  line: Line<Point>,
  all: Ranges<Point>,
  less: Ranges<Point>,
): Ranges<Point> {
  if (less.length === 0) return all;
  const found: Point[] = [];
  let j = 0;
  for (let i = 0; i < all.length; i += 2) {
    let first = all[i] as Point;
    const last = all[i + 1] as Point;
    while (j < less.length && (less[j + 1] as Point) < first) j += 2;
    for (let at = j; first <= last; at += 2) {
      const from = less[at];
      if (from === undefined || from > last) {
        found.push(first, last);
        break;
      }
      if (from > first) found.push(first, line.previous(from));
      first = line.next(less[at + 1] as Point);
    }
  }
  return found;
}

/** Whether all of a part is in a set. */
export function coversRanges<Point extends number | bigint>(all: Ranges<Point>, part: Ranges<Point>): boolean {
  let i = 0;
  for (let j = 0; j < part.length; j += 2) {
    while (i < all.length && (all[i + 1] as Point) < (part[j] as Point)) i += 2;
    const first = all[i];
    if (first === undefined || first > (part[j] as Point) || (all[i + 1] as Point) < (part[j + 1] as Point))
      return false;
  }
  return true;
}

/** Whether they have anything in common. */
export function overlapRanges<Point extends number | bigint>(a: Ranges<Point>, b: Ranges<Point>): boolean {
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    if ((a[i + 1] as Point) < (b[j] as Point)) i += 2;
    else if ((b[j + 1] as Point) < (a[i] as Point)) j += 2;
    else return true;
  }
  return false;
}

export const sameRanges = <Point extends number | bigint>(a: Ranges<Point>, b: Ranges<Point>): boolean =>
  a.length === b.length && a.every((point, at) => point === b[at]);
