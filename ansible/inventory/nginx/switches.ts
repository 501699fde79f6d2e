/** What is closed by hand at the broker's door until a reviewed change opens it again. */
export interface Switches {
  /** No message is taken from anybody (BRK-10.1, BRK-SEC.23). */
  readonly sendingDisabled: boolean;
  /** Common names of clients that are refused (BRK-10.3); a lost key is revoked instead (BRK-10.4). */
  readonly blockedNames: readonly string[];
  /** Serial numbers of certificates that are refused until the revocation list names them, hexadecimal. */
  readonly blockedSerials: readonly string[];
}

const open: Switches = { sendingDisabled: false, blockedNames: [], blockedSerials: [] };

/** By environment; one that is not here has all open. */
const byEnvironment: Readonly<Record<string, Switches>> = {};

export const switchesOf = (environment: string): Switches => byEnvironment[environment] ?? open;
