/** Lines as applications write them, and what Loki may get of them: agents of pods and of hosts are held to the same. */

/** What a line has, the line, and what is left of it. */
export type Masked = readonly [what: string, line: string, expected: string];

/** Numbers of persons (ALC-6.2, MUN-2.12). */
export const personal: readonly Masked[] = [
  ["a national id", '{"msg":"student 1234567890 accepted"}', '{"msg":"student [number] accepted"}'],
  ["a national id with hyphens", "id 123-456789-0.", "id [number]."],
  ["two national ids", "1234567890,0987654321", "[number],[number]"],
  ["a national id as a JSON number", '{"national_id":1234567890,"a":1}', '{"national_id":0,"a":1}'],
  ["a mobile number", "calls 09123456789 now", "calls [number] now"],
  ["a mobile number with its country", '{"phone":"+989123456789"}', '{"phone":"[number]"}'],
  ["a number with gaps", "tel 0912 345 6789", "tel [number]"],
  ["a number with the country's code and gaps", "tel +98 912 345 6789", "tel [number]"],
  ["a number after 00", "tel 00989123456789", "tel [number]"],
  ["Persian digits", "شماره ۱۲۳۴۵۶۷۸۹۰ ثبت شد", "شماره [number] ثبت شد"],
  [
    "Persian digits as JSON escapes them",
    String.raw`{"id":"\u06f1\u06f2\u06f3\u06f4\u06f5\u06f6\u06f7\u06f8\u06f9\u06f0"}`,
    '{"id":"[number]"}',
  ],
];

const token = ["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJlLW9mLWl0"].join(".");
/** Credentials and addresses (MUN-2.12). */
export const credentials: readonly Masked[] = [
  ["a mail address", "sent to someone.else@example.org at once", "sent to [address] at once"],
  ["a header with a token", '{"authorization":"Basic dXNlcjpwdw==","a":1}', '{"authorization":"[token]","a":1}'],
  ["a bearer token", "Bearer abcdef0123456789", "Bearer [token]"],
  ["a JSON web token", `session ${token} ended`, "session [token] ended"],
  ["a password in JSON", '{"password":"hunter2","a":1}', '{"password":"[secret]","a":1}'],
  [
    "a password in JSON in JSON",
    String.raw`{"body":"{\"password\":\"hunter2\"}"}`,
    String.raw`{"body":"{\"password\":\"[secret]\"}"}`,
  ],
  ["an API key in an address", "GET /status?api_key=abc123&x=1", "GET /status?api_key=[secret]&x=1"],
  ["a login in an address", "redis://app:hunter2@redis-a:6379/0", "redis://app:[secret]@redis-a:6379/0"],
];

/** What looks like neither. */
export const harmless: readonly (readonly [what: string, line: string])[] = [
  [
    "times, ids of requests and traces, addresses, figures",
    '{"ts":"2026-11-21T10:00:00.123456Z","request_id":"0b7e5c1e-6f0a-4c39-9a51-2f8d1c3b4a5e","trace":"4bf92f3577b34da6a3ce929d0e0e4736","ip":"10.30.210.8","latency_ms":12.3456789012,"status":200,"bytes":123456789}',
  ],
  ["a time in milliseconds", '{"msg":"at 1763731234567"}'],
  ["words", "the token bucket is full; secrets are rotated"],
];

/** The event of ALC-6.9, with the fields that it names. */
export const retryExhausted = JSON.stringify({
  ts: "2026-11-21T10:00:00.123456Z",
  level: "error",
  msg: "redis.retry_exhausted",
  rid: "0b7e5c1e-6f0a-4c39-9a51-2f8d1c3b4a5e",
  op: "SETNX",
  attempts: 5,
  namespace: "alloc:dev",
  last_error: "ConnectionError: Error 111 connecting to redis-a:6379. Connection refused.",
});
