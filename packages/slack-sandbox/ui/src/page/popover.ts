const GAP_PX = 4;
const EDGE_PX = 8;

/** Places a popover below its anchor, or above it where the window ends. */
export function placeVertically(box: HTMLElement, anchor: DOMRect): void {
  const fitsBelow = window.innerHeight - anchor.bottom > box.offsetHeight + EDGE_PX;
  const top = fitsBelow ? anchor.bottom + GAP_PX : Math.max(EDGE_PX, anchor.top - box.offsetHeight - GAP_PX);
  box.style.top = `${top}px`;
}

/** Aligns the right edges of a popover and its anchor, inside the window. */
export function alignRight(box: HTMLElement, anchor: DOMRect, width: number): void {
  const rightmost = window.innerWidth - width - EDGE_PX;
  box.style.left = `${Math.max(EDGE_PX, Math.min(anchor.right - box.offsetWidth, rightmost))}px`;
}
