/** A model that an endpoint offers. */
export interface ListedModel {
  /** What `generator.model` is set to. */
  readonly id: string;
  /** For people. Null: the service gives none. */
  readonly name: string | null;
}
