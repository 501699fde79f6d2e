/**
 * What stands where a secret will be: markers that a host or a deployment fills (`%%secret:production/x/y%%`), variables
 * (`${VAR}`, `$(VAR)`, `$VAR`), templates (`{{ x }}`), files (`/etc/x/password`, `%d/password`) and names of secrets by ARN.
 */
export const isReference = (value: string): boolean =>
  MARKER.test(value) ||
  /\$[A-Za-z_({]|\$__|\{\{|\{%|^<|^\{/.test(value) ||
  /^(?:\.{0,2}\/|%[dtST]\/|~\/|arn:|file:|env:|ssm:)/.test(value);

/** A place that is filled where the text is used; the name in it is no secret. */
const MARKER = /%%[a-z0-9-]+:[^%]*%%/;

/** Words that say how, not what. */
const WORDS = new Set(
  "true false yes no on off none null nil undefined required optional enabled disabled default auto prompt string str bytes scram-sha-256".split(
    " ",
  ),
);

/** Values that say nothing of a secret. */
export const saysNothing = (value: string): boolean => WORDS.has(value.toLowerCase()) || /^\d{1,5}$/.test(value);
