/** Secrets of nobody, for examples and mutations; in parts, so that no scan of this repository takes them for real ones. */
export const planted = {
  accessKey: ["AKIA", "IOSFODNN7EXAMPLE"].join(""),
  secretKey: ["wJalrXUtnFEMI/K7MDENG", "/bPxRfiCYEXAMPLEKEY"].join(""),
  privateKey: ["-----BEGIN", "RSA PRIVATE KEY-----"].join(" "),
  gitHub: ["ghp_", "16C7e42F292c6912E7710c838347Ae178B4a"].join(""),
  slack: ["xoxb", "2345678901", "abcdefghijkl"].join("-"),
  telegram: ["110201543", "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw3"].join(":"),
  jwt: ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0NTY3ODkwIn0", "dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P"].join("."),
  hash: ["$2b$12$", "EixZaYVK1fsbw1ZfbX3OXePaWxn96p36WQoeG6Lruj3vjPGga31lW"].join(""),
  address: ["postgresql://app:", "correct-horse", "@database.internal:5432/app"].join(""),
  random: ["q7Zp2LxV9sTfKb4R", "nW8yHc3JdM6gUa1E"].join(""),
} as const;

/** A text as user data and ConfigMaps may hold it. */
export const encoded = (text: string): string => Buffer.from(text).toString("base64");
