/** A way to break a requirement in the sources: a test that names its id must then fail. */
export interface Mutation {
  readonly id: string;
  /** What becomes of the platform, after "when". */
  readonly change: string;
  readonly file: string;
  /** Stands in the file once. */
  readonly from: string;
  readonly to: string;
}
