import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { Icon, type IconName } from './Icon';
import { alignRight, placeVertically } from './popover';

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly description?: string;
  readonly danger?: boolean;
  readonly onPick: () => void;
}

interface MenuProps {
  /** The accessible name of the button and of the menu. */
  readonly label: string;
  readonly className: string;
  readonly icon: IconName;
  readonly items: readonly MenuItem[];
}

const MENU_WIDTH_PX = 280;

/** A button with a menu in the browser's top layer, where nothing clips it. Arrow keys, Home, End and Escape work. */
export function Menu({ label, className, icon, items }: MenuProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const menu = useRef<HTMLDivElement>(null);

  const place = () => {
    const anchor = button.current?.getBoundingClientRect();
    if (anchor === undefined || menu.current === null) return;
    alignRight(menu.current, anchor, MENU_WIDTH_PX);
    placeVertically(menu.current, anchor);
  };
  const entries = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role=menuitem]') ?? [])];
  const show = () => {
    menu.current?.showPopover();
    place();
    entries()[0]?.focus();
  };
  const hide = () => {
    menu.current?.hidePopover();
    button.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const all = entries();
    const at = all.findIndex((entry) => entry.matches(':focus'));
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) {
      event.preventDefault();
      all[target]?.focus();
    } else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      event.stopPropagation();
      hide();
    }
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        onClick={() => (open ? hide() : show())}
      >
        <Icon name={icon} />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        role="menu"
        aria-label={label}
        className="menu"
        tabIndex={-1}
        onToggle={(event) => setOpen(event.newState === 'open')}
        onKeyDown={onKeyDown}
      >
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            role="menuitem"
            tabIndex={-1}
            className={item.danger === true ? 'menu-item danger' : 'menu-item'}
            onClick={() => {
              hide();
              item.onPick();
            }}
          >
            <span>{item.label}</span>
            {item.description !== undefined && <small>{item.description}</small>}
          </button>
        ))}
      </div>
    </>
  );
}
