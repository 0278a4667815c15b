/** What was recorded at one showing of a step. */
export type AnswerValue =
  /** The line was said; there was nothing to record. */
  | { readonly kind: 'said' }
  /** *Already told me*: known, to be written down later. */
  | { readonly kind: 'told' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasons'; readonly text: string; readonly reasons: readonly string[] }
  /** A one-tap choice: of the fact, or a way out of the screen. */
  | {
      readonly kind: 'choice';
      readonly choice: string;
      /** What stood in the inputs when the button was tapped; nothing typed is lost. */
      readonly text?: string;
      readonly reasons?: readonly string[];
    }
  /** Calendar date as the prospect said it, `YYYY-MM-DD`, no time zone. */
  | { readonly kind: 'date'; readonly date: string }
  /** A moment, ms UTC. */
  | { readonly kind: 'datetime'; readonly at: number }
  /** *Don't know*. */
  | { readonly kind: 'unknown' };
