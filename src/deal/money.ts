/** An amount in minor units (cents) of a currency (ISO 4217). Never a float. */
export interface Money {
  readonly minor: number;
  readonly currency: string;
}
