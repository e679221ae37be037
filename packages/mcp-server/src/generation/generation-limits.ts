/** How many programs are being written at one time: each holds a model, and may cost somebody money. */
export interface GenerationLimits {
  /** For one principal. */
  readonly perPrincipal: number;
  /** For all principals together. */
  readonly total: number;
}

export const GENERATION_LIMITS: GenerationLimits = { perPrincipal: 4, total: 16 };
