import type { ModalView as SlackModal } from '@slack/types';
import { useId, useRef } from 'react';
import type { SeenView } from '../../../src/protocol';
import { Blocks } from '../blocks/Blocks';
import { type Surface, SurfaceContext } from '../blocks/surface';
import { useEdits } from '../blocks/useEdits';
import { usePending } from '../elements/usePending';
import { isSuperseded, messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { useAttempt } from '../live/useAttempt';
import { Icon } from '../page/Icon';
import { plain } from '../text/plain';
import { Dialog } from './Dialog';
import { useModalFocus } from './useModalFocus';

/** The acting person's stack of modals: the top view, with the edges of those below. Nothing without a modal. */
export function ModalStack() {
  const { view } = useSandbox();
  return view.modals.length === 0 ? null : <OpenStack />;
}

function OpenStack() {
  const { view, act, showToast } = useSandbox();
  const titleId = useId();
  const top = view.modals.at(-1);
  if (top?.view.type !== 'modal') return null;
  const closeAll = () => {
    act({ type: 'close', viewId: top.id, all: true }).catch((error: unknown) => showToast(messageOf(error)));
  };
  return (
    <Dialog className={`dialog modal depth-${view.modals.length}`} labelledBy={titleId} onEscape={closeAll}>
      <ModalView
        key={top.id}
        seen={top}
        modal={top.view}
        isPushed={view.modals.length > 1}
        titleId={titleId}
        onCloseAll={closeAll}
      />
      <p className="visually-hidden" aria-live="polite">
        {top.view.title.text}
      </p>
    </Dialog>
  );
}

interface ModalViewProps {
  readonly seen: SeenView;
  readonly modal: SlackModal;
  readonly isPushed: boolean;
  readonly titleId: string;
  readonly onCloseAll: () => void;
}

/** A view of the stack: header, scrolling body, failure and buttons. */
function ModalView({ seen, modal, isPushed, titleId, onCloseAll }: ModalViewProps) {
  const { workspace, act } = useSandbox();
  const [submitting, runSubmit] = usePending();
  const { failure: actionFailure, attempt, setFailure } = useAttempt();
  const body = useRef<HTMLDivElement>(null);
  const edits = useEdits(modal.blocks, seen.hash, seen.state, (state) => {
    act({ type: 'input', viewId: seen.id, state }).catch((error: unknown) => {
      if (!isSuperseded(error)) setFailure(messageOf(error));
    });
  });
  useModalFocus(body, seen, modal);

  const submit = () =>
    void runSubmit(() => attempt(() => act({ type: 'submit', viewId: seen.id, state: edits.take() })));
  const close = () => void attempt(() => act({ type: 'close', viewId: seen.id }));

  const surface: Surface = {
    kind: 'modal',
    id: seen.id,
    values: edits.values,
    errors: seen.errors,
    change: edits.change,
    click: (blockId, actionId, element) =>
      attempt(() =>
        act({
          type: 'click',
          target: { in: 'modal', viewId: seen.id },
          blockId,
          actionId,
          state: edits.take(),
          ...(element === undefined ? {} : { element }),
        }),
      ),
    suggest: (blockId, actionId, value) =>
      act({ type: 'suggest', target: { in: 'modal', viewId: seen.id }, blockId, actionId, value }),
    ...(modal.submit === undefined ? {} : { enter: submit }),
  };
  const failure = seen.failure ?? actionFailure;
  const closeLabel = modal.close === undefined ? undefined : plain(modal.close);

  return (
    <>
      <header className="modal-header">
        <span className="app-tile" aria-hidden="true">
          {workspace.app.name.charAt(0)}
        </span>
        <h1 id={titleId}>{plain(modal.title)}</h1>
        <button type="button" className="icon-button" aria-label="Dismiss" onClick={onCloseAll}>
          <Icon name="close" />
        </button>
      </header>
      <div ref={body} className="modal-body" tabIndex={-1}>
        <SurfaceContext value={surface}>
          <Blocks blocks={modal.blocks} />
        </SurfaceContext>
      </div>
      {failure !== null && (
        <p className="modal-failure" role="alert">
          <Icon name="warning" /> {failure}
        </p>
      )}
      <footer className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {closeLabel ?? (isPushed ? 'Back' : 'Cancel')}
        </button>
        {modal.submit !== undefined && (
          <button
            type="button"
            className={submitting ? 'button primary pending' : 'button primary'}
            aria-busy={submitting || undefined}
            onClick={submit}
          >
            <span className="button-label">{plain(modal.submit)}</span>
          </button>
        )}
      </footer>
    </>
  );
}
