/**
 * Whether a text matches a pattern of a policy document: `*` is any number of characters, `?` is one. Linear but for
 * patterns of many stars. Letters count; lower both sides where they do not (actions).
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let next = 0;
  while (at < text.length) {
    const wanted = pattern[next];
    if (wanted === "*") {
      star = next;
      resume = at;
      next += 1;
    } else if (wanted === "?" || wanted === text[at]) {
      next += 1;
      at += 1;
    } else if (star >= 0) {
      next = star + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (pattern[next] === "*") next += 1;
  return next === pattern.length;
}
