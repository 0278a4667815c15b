/** The payloads that Slack sends when a person taps a button or submits a screen. */
import { encodeRef, type Ref, type ViewId } from '../../../src/slack/ids';
import type { ViewValues } from '../../../src/slack/views/values';
import { idOf, OTHER, OUTSIDE_TEAM, OWN, type Person } from './people';

/** The workspace that a person's own payloads come from. */
export function teamOf(person: Person): string {
  if (person === 'foreigner') return OTHER.teamId;
  return person === 'stranger' ? OUTSIDE_TEAM : OWN.teamId;
}

export interface Acting {
  readonly person: Person;
  /** The same for a repeated delivery. */
  readonly trigger: string;
  /** The workspace that Slack delivers for; a stranger acts in a channel that is shared with ours. */
  readonly team?: string;
}

const actor = ({ person, trigger, team }: Acting) => {
  const delivered = team ?? (person === 'stranger' ? OWN.teamId : teamOf(person));
  return {
    user: { id: idOf(person), team_id: teamOf(person), username: person },
    team: { id: delivered, domain: 'x' },
    enterprise: null,
    is_enterprise_install: false,
    api_app_id: 'A1',
    token: 't',
    trigger_id: trigger,
  };
};

const viewOf = (id: ViewId, trigger: string, ref: Ref, values: ViewValues, blocks: readonly object[]) => ({
  id: `V${trigger}`,
  hash: 'h',
  type: 'modal',
  callback_id: id,
  private_metadata: encodeRef(ref),
  state: { values },
  title: { type: 'plain_text', text: 'x' },
  close: null,
  submit: null,
  blocks,
  root_view_id: `R${trigger}`,
  previous_view_id: null,
});

export function tap(
  acting: Acting,
  action: string,
  ref: Ref,
  on: { readonly view?: ViewId | undefined; readonly channel?: string | undefined },
): object {
  return {
    type: 'block_actions',
    ...actor(acting),
    container: { type: on.view === undefined ? 'message' : 'view' },
    ...(on.view === undefined
      ? { channel: { id: on.channel ?? 'C1', name: 'c' }, message: { ts: '1.1', text: '' } }
      : { view: viewOf(on.view, acting.trigger, ref, {}, []) }),
    actions: [
      { type: 'button', action_id: action, block_id: 'b', value: encodeRef(ref), action_ts: '1', text: {} },
    ],
  };
}

export function submit(acting: Acting, view: ViewId, ref: Ref, values: ViewValues): object {
  const blocks = Object.keys(values).map((block) => ({
    type: 'input',
    block_id: block,
    label: { type: 'plain_text', text: 'x' },
    element: { type: 'plain_text_input', action_id: 'input' },
  }));
  return {
    type: 'view_submission',
    ...actor(acting),
    view: viewOf(view, acting.trigger, ref, values, blocks),
    response_urls: [],
  };
}

/** `/lostdeal` with one word; its fields are those of a form. */
export function command({ person, trigger }: Acting, word: string): Readonly<Record<string, string>> {
  return {
    command: '/lostdeal',
    text: word,
    // Slack delivers it for our workspace, wherever the person comes from.
    team_id: OWN.teamId,
    user_id: idOf(person),
    user_name: person,
    channel_id: 'C1',
    api_app_id: 'A1',
    is_enterprise_install: 'false',
    trigger_id: trigger,
    response_url: 'http://127.0.0.1:9/',
  };
}

export function homeOpened(person: Person): object {
  return {
    type: 'event_callback',
    team_id: OWN.teamId,
    api_app_id: 'A1',
    event_id: `Ev${person}`,
    event_time: 1,
    event: { type: 'app_home_opened', tab: 'home', user: idOf(person), channel: 'D1', event_ts: '1.1' },
    authorizations: [
      { team_id: OWN.teamId, enterprise_id: null, is_enterprise_install: false, user_id: 'U1' },
    ],
  };
}
