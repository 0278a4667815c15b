import type {
  Action,
  ActResult,
  AdminAction,
  ControlError,
  PersonView,
  Traffic,
  Waiting,
  Workspace,
} from '../../../src/protocol';

/** `Omit` for each member of a union. */
type OmitFromEach<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** An action without its person, whom the page adds. */
export type Act = OmitFromEach<Action, 'as'>;

/** A request that the sandbox refused or did not answer (code `unreachable`). The page shows `message`. */
export class ControlFailure extends Error {
  readonly code: string;

  constructor(code: string, detail: string, cause?: unknown) {
    super(detail, { cause });
    this.name = 'ControlFailure';
    this.code = code;
  }
}

async function request<T>(path: string, init?: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/control${path}`, init);
  } catch (cause) {
    throw new ControlFailure('unreachable', 'The sandbox cannot be reached. Is it still running?', cause);
  }
  const body = await bodyOf(response);
  if (isControlError(body)) throw new ControlFailure(body.error, body.detail ?? body.error);
  if (!response.ok) throw new ControlFailure('unreachable', `The sandbox answered HTTP ${response.status}.`);
  return body as T;
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw new ControlFailure(
      'unreachable',
      `The sandbox answered HTTP ${response.status} with something other than JSON.`,
      cause,
    );
  }
}

function isControlError(body: unknown): body is ControlError {
  return typeof body === 'object' && body !== null && 'ok' in body && body.ok === false && 'error' in body;
}

const post = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
});

/** The control protocol, one function for each request. @throws ControlFailure */
export const control = {
  workspace: () => request<Workspace>('/workspace'),
  view: (personId: string) => request<PersonView>(`/view?as=${encodeURIComponent(personId)}`),
  waiting: () => request<Waiting>('/waiting'),
  traffic: (after: number) => request<readonly Traffic[]>(`/traffic?after=${after}`),
  act: (personId: string, act: Act) => request<ActResult>('/act', post({ ...act, as: personId })),
  admin: (action: AdminAction) => request<{ readonly ok: true }>('/admin', post(action)),
};

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Whether the app replaced the view or its input while the person typed. The page is about to show the new one. */
export const isSuperseded = (error: unknown): boolean =>
  error instanceof ControlFailure &&
  (error.code === 'no_such_input' || error.code === 'view_not_open' || error.code === 'no_such_option');
