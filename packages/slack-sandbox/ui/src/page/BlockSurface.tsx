import type { AnyBlock } from '@slack/types';
import { useState } from 'react';
import type { ClickTarget, StateValues } from '../../../src/protocol';
import { Blocks } from '../blocks/Blocks';
import { type Surface, SurfaceContext } from '../blocks/surface';
import { useEdits } from '../blocks/useEdits';
import type { Act } from '../live/control';
import { isOvertaken, wordsFor } from '../live/control';
import { troubleOf, useSandbox } from '../live/sandbox';
import { Icon } from './Icon';

interface BlockSurfaceProps {
  readonly kind: 'message' | 'home';
  readonly id: string;
  /** Changes whenever the blocks are replaced. */
  readonly version: string;
  readonly blocks: readonly AnyBlock[];
  readonly target: ClickTarget;
  /** Of the Home tab, which keeps what is typed; a message keeps nothing. */
  readonly held?: { readonly viewId: string; readonly state: StateValues };
}

const NOTHING: StateValues = {};

/** The blocks of a message or of the Home tab, with what somebody types and a line for what goes wrong. */
export function BlockSurface({ kind, id, version, blocks, target, held }: BlockSurfaceProps) {
  const { workspace, act } = useSandbox();
  const [trouble, setTrouble] = useState<string | null>(null);
  const attempt = async (what: Act) => {
    setTrouble(null);
    try {
      setTrouble(troubleOf(await act(what), workspace.app.name));
    } catch (error) {
      if (!isOvertaken(error) || what.type !== 'input') setTrouble(wordsFor(error));
    }
  };
  const edits = useEdits(blocks, version, held?.state ?? NOTHING, (typed) => {
    if (held !== undefined) void attempt({ type: 'input', viewId: held.viewId, state: typed });
  });
  const surface: Surface = {
    kind,
    id,
    held: edits.held,
    errors: {},
    change: edits.change,
    click: (blockId, actionId, element) =>
      attempt({
        type: 'click',
        target,
        blockId,
        actionId,
        state: edits.take(),
        ...(element === undefined ? {} : { element }),
      }),
    suggest: (blockId, actionId, value) => act({ type: 'suggest', target, blockId, actionId, value }),
  };
  return (
    <>
      <SurfaceContext value={surface}>
        <Blocks blocks={blocks} />
      </SurfaceContext>
      {trouble !== null && (
        <p className="surface-trouble" role="alert">
          <Icon name="warning" /> {trouble}
        </p>
      )}
    </>
  );
}
