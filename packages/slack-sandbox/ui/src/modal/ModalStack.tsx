import { useId } from 'react';
import { wordsFor } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { Dialog } from './Dialog';
import { ModalView } from './ModalView';

/** The modal stack of the acting person: the top view, with hints of those below. Absent when none is open. */
export function ModalStack() {
  const { view } = useSandbox();
  return view.modals.length === 0 ? null : <OpenStack />;
}

function OpenStack() {
  const { view, act, tell } = useSandbox();
  const titleId = useId();
  const top = view.modals.at(-1);
  if (top?.view.type !== 'modal') return null;
  const closeAll = () => {
    act({ type: 'close', viewId: top.id, all: true }).catch((error: unknown) => tell(wordsFor(error)));
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
