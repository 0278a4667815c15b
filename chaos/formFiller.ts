/** Fills inputs: text with words that nobody else types, the others with any value that fits. */
import type { ElementState, StateValues } from 'slack-sandbox';
import { isObject, stringIn } from './json';
import type { Random } from './random';
import { type Fillable, optionsOf } from './screen';

const PHRASES = [
  'Ninety days to pay',
  'A portal their people like',
  'Delivery within the week',
  'They know the founder, and trust her',
  'Half the price in the first year – "no strings" <they say> & a *named* contact',
  'Sie waren zuerst da 🙂',
];
const DAY = 24 * 60 * 60_000;

export interface FilledForm {
  readonly state: StateValues;
  /** Words that the database must hold once the screen is accepted. */
  readonly words: readonly string[];
}

export class FormFiller {
  private count = 0;

  constructor(
    private readonly person: string,
    private readonly random: Random,
    /** User ids of people who can be chosen to decide. */
    private readonly managers: readonly string[],
  ) {}

  /** Words with a mark of their own, so that a search finds them wherever they are stored. */
  words(): string {
    this.count += 1;
    return `${this.random.pick(PHRASES)} (${this.person}:${this.count})`;
  }

  /**
   * Fills required inputs always and optional ones often. An input that holds a value keeps it unless it has an error.
   */
  fill(inputs: readonly Fillable[], rejected: ReadonlySet<string>): FilledForm {
    const state: Record<string, Record<string, ElementState>> = {};
    const words: string[] = [];
    for (const input of inputs) {
      if (rejected.has(input.blockId) && input.optional) {
        state[input.blockId] = { [input.actionId]: empty(input.type) };
        continue;
      }
      const wanted = input.optional ? this.random.roll(0.5) : true;
      if (!wanted || (input.filled && !rejected.has(input.blockId))) continue;
      const given = this.value(input);
      if (given === null) continue;
      state[input.blockId] = { [input.actionId]: given };
      if (isWords(input)) words.push(stringIn(given.value));
    }
    return { state, words };
  }

  private value(input: Fillable): ElementState | null {
    const { random } = this;
    const { type } = input;
    switch (type) {
      case 'plain_text_input':
        return { type, value: isWords(input) ? this.words() : String(random.between(1, 90) * 1000) };
      case 'static_select':
      case 'radio_buttons':
        return { type, selected_option: random.pick(optionsOf(input)) };
      case 'multi_static_select':
      case 'checkboxes':
        return { type, selected_options: optionsOf(input).filter(() => random.roll(0.3)) };
      case 'users_select':
        return { type, selected_user: random.pick(this.managers) };
      case 'datepicker':
        return { type, selected_date: new Date(this.later()).toISOString().slice(0, 10) };
      case 'datetimepicker':
        return { type, selected_date_time: Math.floor(this.later() / 1000) };
      case 'number_input':
        return { type, value: String(random.between(1, 9)) };
      default:
        return null;
    }
  }

  private later(): number {
    return Date.now() + this.random.between(2, 200) * DAY;
  }
}

/** False for amounts, which are numbers, and for a company's name, which comes from the words of the command. */
const isWords = ({ type, label, element }: Fillable): boolean =>
  type === 'plain_text_input' &&
  !/worth|amount|cost/iu.test(label) &&
  !isObject(element.dispatch_action_config);

function empty(type: string): ElementState {
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: [] };
    case 'users_select':
      return { type, selected_user: null };
    case 'datepicker':
      return { type, selected_date: null };
    case 'datetimepicker':
      return { type, selected_date_time: null };
    default:
      return { type, value: null };
  }
}
