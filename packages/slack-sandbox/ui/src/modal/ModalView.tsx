import type { ModalView as SlackModal } from '@slack/types';
import { useRef, useState } from 'react';
import type { ActResult, SeenView } from '../../../src/protocol';
import { Blocks } from '../blocks/Blocks';
import { type Surface, SurfaceContext } from '../blocks/surface';
import { useEdits } from '../blocks/useEdits';
import { usePending } from '../elements/usePending';
import { isOvertaken, wordsFor } from '../live/control';
import { troubleOf, useSandbox } from '../live/sandbox';
import { Icon } from '../page/Icon';
import { plain } from '../text/plain';
import { useModalFocus } from './useModalFocus';

interface ModalViewProps {
  readonly seen: SeenView;
  readonly modal: SlackModal;
  readonly isPushed: boolean;
  readonly titleId: string;
  readonly onCloseAll: () => void;
}

/** One view of the stack: header, scrolling body, failure line, buttons. */
export function ModalView({ seen, modal, isPushed, titleId, onCloseAll }: ModalViewProps) {
  const { workspace, act } = useSandbox();
  const [submitting, runSubmit] = usePending();
  const [trouble, setTrouble] = useState<string | null>(null);
  const body = useRef<HTMLDivElement>(null);
  const edits = useEdits(modal.blocks, seen.hash, seen.state, (typed) => {
    act({ type: 'input', viewId: seen.id, state: typed }).catch((error: unknown) => {
      if (!isOvertaken(error)) setTrouble(wordsFor(error));
    });
  });
  useModalFocus(body, seen, modal);

  /** Says on the modal itself what went wrong; what was typed stays. */
  const attempt = async (work: () => Promise<ActResult>) => {
    setTrouble(null);
    try {
      setTrouble(troubleOf(await work(), workspace.app.name));
    } catch (error) {
      setTrouble(wordsFor(error));
    }
  };
  const submit = () =>
    void runSubmit(() => attempt(() => act({ type: 'submit', viewId: seen.id, state: edits.take() })));
  const close = () => void attempt(() => act({ type: 'close', viewId: seen.id }));

  const surface: Surface = {
    kind: 'modal',
    id: seen.id,
    held: edits.held,
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
  const failure = seen.failure ?? trouble;
  const closeWords = modal.close === undefined ? undefined : plain(modal.close);

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
          {closeWords ?? (isPushed ? 'Back' : 'Cancel')}
        </button>
        {modal.submit !== undefined && (
          <button
            type="button"
            className={submitting ? 'button primary pending' : 'button primary'}
            aria-busy={submitting || undefined}
            onClick={submit}
          >
            <span className="button-words">{plain(modal.submit)}</span>
          </button>
        )}
      </footer>
    </>
  );
}
