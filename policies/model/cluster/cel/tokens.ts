/** A word of an expression in CEL. */
export interface Token {
  readonly kind: "text" | "number" | "name" | "sign";
  /** Of a text: what it stands for. */
  readonly text: string;
}

const TOKEN =
  /\s+|\/\/[^\n]*|(?<raw>[rRbB]{0,2})(?<quoted>"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*')|(?<number>0[xX][\da-fA-F]+u?|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?u?)|(?<name>[A-Za-z_]\w*)|(?<sign>&&|\|\||==|!=|<=|>=|[-+*/%!<>?:()[\]{},.])/y;

/** Words of an expression in their order; nothing where it is no CEL (language definition, Syntax). */
export function tokensOf(expression: string): readonly Token[] | undefined {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const groups = TOKEN.exec(expression)?.groups;
    if (groups === undefined) return undefined;
    const { quoted, number, name, sign } = groups;
    if (quoted !== undefined) tokens.push({ kind: "text", text: unquoted(quoted) });
    else if (number !== undefined) tokens.push({ kind: "number", text: number });
    else if (name !== undefined) tokens.push({ kind: "name", text: name });
    else if (sign !== undefined) tokens.push({ kind: "sign", text: sign });
  }
  return tokens;
}

const unquoted = (quoted: string): string => {
  const marks = /^(?:"""|''')/.test(quoted) ? 3 : 1;
  return quoted.slice(marks, -marks).replaceAll(/\\(.)/g, "$1");
};
