/** The answer recorded at one showing of a step. */
export type AnswerValue =
  /** The rep said the line; there was nothing to record. */
  | { readonly kind: 'said' }
  /** *Next* without words: the rep knows the answer and writes it down later. */
  | { readonly kind: 'told' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'reasons'; readonly text: string; readonly reasons: readonly string[] }
  /** A one-tap choice: a value of the fact, or a way out of the screen. */
  | {
      readonly kind: 'choice';
      readonly choice: string;
      /** The inputs when the rep tapped the button, so that nothing typed is lost. */
      readonly text?: string;
      readonly reasons?: readonly string[];
    }
  /** Calendar date as the prospect said it, `YYYY-MM-DD`, without a time zone. */
  | { readonly kind: 'date'; readonly date: string }
  /** A moment, ms UTC. */
  | { readonly kind: 'datetime'; readonly at: number }
  /** *Don't know*. */
  | { readonly kind: 'unknown' };
