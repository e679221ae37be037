/** What is to become of a client's file. */
export type PlannedChange =
  | { readonly kind: 'none' }
  | { readonly kind: 'write'; readonly text: string }
  /** It was made for the entry alone. */
  | { readonly kind: 'remove' };
