import type { AnyBlock } from '@slack/types';
import type { ClickTarget, StateValues } from '../../../src/protocol';
import { Blocks } from '../blocks/Blocks';
import { type Surface, SurfaceContext } from '../blocks/surface';
import { useEdits } from '../blocks/useEdits';
import { isSuperseded, messageOf } from '../live/control';
import { useSandbox } from '../live/sandbox';
import { useAttempt } from '../live/useAttempt';
import { Icon } from './Icon';

interface BlockSurfaceProps {
  readonly kind: 'message' | 'home';
  readonly id: string;
  /** Another one whenever other blocks replace these. */
  readonly version: string;
  readonly blocks: readonly AnyBlock[];
  readonly target: ClickTarget;
  /** The values that the sandbox stores. Only the Home tab has them. */
  readonly stored?: { readonly viewId: string; readonly state: StateValues };
}

const NOTHING: StateValues = {};

/** The blocks of a message or of the Home tab, with the failure of the last action. */
export function BlockSurface({ kind, id, version, blocks, target, stored }: BlockSurfaceProps) {
  const { act } = useSandbox();
  const { failure, attempt, setFailure } = useAttempt();
  const edits = useEdits(blocks, version, stored?.state ?? NOTHING, (state) => {
    if (stored === undefined) return;
    act({ type: 'input', viewId: stored.viewId, state }).catch((error: unknown) => {
      if (!isSuperseded(error)) setFailure(messageOf(error));
    });
  });
  const surface: Surface = {
    kind,
    id,
    values: edits.values,
    errors: {},
    change: edits.change,
    click: (blockId, actionId, element) =>
      attempt(() =>
        act({
          type: 'click',
          target,
          blockId,
          actionId,
          state: edits.take(),
          ...(element === undefined ? {} : { element }),
        }),
      ),
    suggest: (blockId, actionId, value) => act({ type: 'suggest', target, blockId, actionId, value }),
  };
  return (
    <>
      <SurfaceContext value={surface}>
        <Blocks blocks={blocks} />
      </SurfaceContext>
      {failure !== null && (
        <p className="surface-failure" role="alert">
          <Icon name="warning" /> {failure}
        </p>
      )}
    </>
  );
}
