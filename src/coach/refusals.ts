/** The reasons for refusing an action: the deal's own, and those known before the deal is asked. */
import { type Refusal as DealRefusal, REFUSALS, type RefusalKind } from '../deal/model/refusals';

const BEFORE_THE_DEAL = {
  not_found: 'wrong_stage',
  time_passed: 'invalid',
  day_passed: 'invalid',
  person_is_app: 'invalid',
  person_left: 'invalid',
  person_is_stranger: 'invalid',
  person_is_guest: 'invalid',
  person_unknown: 'invalid',
} as const satisfies Readonly<Record<string, RefusalKind>>;

/** The reason why a person can have no part in deals; `decides`: they were to decide about one. */
export type Ineligible = {
  readonly code:
    | 'person_is_app'
    | 'person_left'
    | 'person_is_stranger'
    | 'person_is_guest'
    | 'person_unknown';
  readonly name: string;
  readonly decides: boolean;
};

/** The manager of the rep's team decides; `name` is empty while Slack has not described them. */
export type TeamManagerDecides = Extract<DealRefusal, { readonly code: 'team_manager' }> & {
  readonly name: string;
};

export type Refusal =
  | Exclude<DealRefusal, { readonly code: 'team_manager' }>
  | TeamManagerDecides
  | Ineligible
  | { readonly code: Exclude<keyof typeof BEFORE_THE_DEAL, Ineligible['code']> };
export type RefusalCode = Refusal['code'];

const KINDS: Readonly<Record<RefusalCode, RefusalKind>> = { ...REFUSALS, ...BEFORE_THE_DEAL };

export const kindOf = ({ code }: Refusal): RefusalKind => KINDS[code];
