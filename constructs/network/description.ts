/** EC2 allows these in the description of a rule, whichever peer it names (`&` is refused beside a group). */
const allowed = /^[a-zA-Z0-9 ._\-:/()#,@[\]+=;{}!$*]*$/;
/** Characters that EC2 takes. */
export const LONGEST = 255;

/**
 * Returns the description of a security group or rule unchanged.
 *
 * Refuses, at synthesis rather than in the middle of an apply, what EC2 would refuse: more than 255 characters or one
 * outside `a-zA-Z0-9 ._-:/()#,@[]+=;{}!$*`. There is no arrow: `>` is not among them.
 */
export function description(text: string): string {
  const broken = [...new Set(text)].filter((character) => !allowed.test(character));
  if (broken.length > 0) {
    throw new Error(
      `description "${text}": allowed are letters, digits, spaces and ._-:/()#,@[]+=;{}!$*, got ${broken.join(" ")}`,
    );
  }
  if (text.trim() === "" || text.length > LONGEST) {
    throw new Error(`description "${text}": must have 1 to ${LONGEST} characters, got ${text.length}`);
  }
  return text;
}
