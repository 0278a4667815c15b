/** Payloads as Slack sends them, filled in as a rep would on a call. */
import { type ShownView, TEAM } from './slackStub';

const WORDS = 'They start two weeks earlier, and somebody of theirs comes by on the first three days.';

export interface Rep {
  readonly userId: string;
  readonly name: string;
}

export function commandForm(rep: Rep, triggerId: string, text: string): string {
  return new URLSearchParams({
    token: 'legacy-token-nobody-reads',
    team_id: TEAM,
    team_domain: 'bench',
    channel_id: 'C0000SALES',
    channel_name: 'sales',
    user_id: rep.userId,
    user_name: rep.name,
    command: '/lostdeal',
    text,
    api_app_id: 'A000BENCH',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:1/never-called',
    trigger_id: triggerId,
  }).toString();
}

export const submissionForm = (rep: Rep, triggerId: string, view: ShownView): string =>
  formOf(rep, triggerId, { ...view, state: { values: stateOf(view) } });

/** One more character, typed into the input `block` of a screen. */
export function keystrokeForm(
  rep: Rep,
  triggerId: string,
  view: ShownView,
  { block, text, at }: { readonly block: string; readonly text: string; readonly at: number },
): string {
  const typed = { type: 'plain_text_input', value: text };
  const values = { ...stateOf(view), [block]: { input: typed } };
  const ts = (at / 1000).toFixed(6);
  return formOf(
    rep,
    triggerId,
    { ...view, type: 'modal', state: { values } },
    {
      type: 'block_actions',
      container: { type: 'view', view_id: 'V000BENCH' },
      actions: [{ ...typed, block_id: block, action_id: 'input', action_ts: ts }],
    },
  );
}

/** The submission of a screen as it was filled in; with `more`, something else that is done on it. */
export function formOf(
  rep: Rep,
  triggerId: string,
  view: object,
  more: object = { type: 'view_submission', response_urls: [] },
): string {
  const payload = {
    team: { id: TEAM, domain: 'bench' },
    user: { id: rep.userId, username: rep.name, name: rep.name, team_id: TEAM },
    api_app_id: 'A000BENCH',
    token: 'legacy-token-nobody-reads',
    trigger_id: triggerId,
    view: {
      ...view,
      id: 'V000BENCH',
      team_id: TEAM,
      app_id: 'A000BENCH',
      bot_id: 'B000BOT',
      app_installed_team_id: TEAM,
      root_view_id: 'V000BENCH',
      previous_view_id: null,
      external_id: '',
      hash: '1700000000.abcdefgh',
      clear_on_close: false,
    },
    is_enterprise_install: false,
    enterprise: null,
    ...more,
  };
  return new URLSearchParams({ payload: JSON.stringify(payload) }).toString();
}

/** Types into every text input and chooses the first of every choice; optional inputs stay empty. */
function stateOf(view: ShownView): Record<string, Record<string, object>> {
  const values: Record<string, Record<string, object>> = {};
  for (const { block_id: block, element } of view.blocks) {
    if (block === undefined || element?.action_id === undefined) continue;
    values[block] = { [element.action_id]: { type: element.type, ...filled(element) } };
  }
  return values;
}

let typed = 0;

function filled(element: NonNullable<ShownView['blocks'][number]['element']>): object {
  const [first] = element.options ?? [];
  switch (element.type) {
    case 'plain_text_input':
      // Each company is another one: with one that has an open deal, the first screen says so.
      typed += 1;
      return { value: `${typed} ${WORDS}`.slice(0, 80) };
    case 'radio_buttons':
    case 'static_select':
      return { selected_option: first ?? null };
    case 'checkboxes':
    case 'multi_static_select':
      return { selected_options: first === undefined ? [] : [first] };
    default:
      return {};
  }
}
