import type { AnyBlock, KnownBlock } from '@slack/types';
import { ActionElement } from '../elements/ActionElement';
import { plain } from '../text/PlainText';
import { blockIdOf, isKnownBlock } from './elementState';
import { InputBlockView } from './InputBlockView';
import { LibraryBlock } from './LibraryBlock';
import { ContextView, SectionView } from './SectionView';

/** Draws blocks on the surface around them: what displays by the library, what one can touch by ourselves. */
export function Blocks({ blocks }: { readonly blocks: readonly AnyBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => {
        const blockId = blockIdOf(block, index);
        return (
          <div key={blockId} className={`block block-${block.type}`} data-block-id={blockId}>
            {isKnownBlock(block) ? (
              <BlockView block={block} blockId={blockId} />
            ) : (
              <p className="muted">A {block.type} block cannot be shown here.</p>
            )}
          </div>
        );
      })}
    </div>
  );
}

function BlockView({ block, blockId }: { readonly block: KnownBlock; readonly blockId: string }) {
  switch (block.type) {
    case 'header':
      return <h3 className="header-block">{plain(block.text)}</h3>;
    case 'divider':
      return <hr />;
    case 'section':
      return <SectionView block={block} blockId={blockId} />;
    case 'context':
      return <ContextView block={block} />;
    case 'input':
      return <InputBlockView block={block} blockId={blockId} />;
    case 'actions':
    case 'context_actions':
      return (
        <div className="actions-row">
          {block.elements.map((element, index) => (
            <ActionElement
              key={element.action_id ?? index}
              element={element}
              blockId={blockId}
              label={element.type}
            />
          ))}
        </div>
      );
    case 'card': {
      const { actions, ...display } = block;
      return (
        <>
          <LibraryBlock block={display} />
          {actions !== undefined && (
            <div className="actions-row">
              {actions.map((element, index) => (
                <ActionElement
                  key={element.action_id ?? index}
                  element={element}
                  blockId={blockId}
                  label="Card"
                />
              ))}
            </div>
          )}
        </>
      );
    }
    case 'carousel':
      return (
        <div className="carousel">
          <Blocks blocks={block.elements} />
        </div>
      );
    case 'container':
      return (
        <details className="container-block" open={block.default_collapsed !== true}>
          <summary>{plain(block.title)}</summary>
          <Blocks blocks={block.child_blocks} />
        </details>
      );
    default:
      return <LibraryBlock block={block} />;
  }
}
