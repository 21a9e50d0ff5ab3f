/** Pointers on the picture: drag to move, pinch or Ctrl and wheel to zoom. A plain wheel still scrolls the page. */
import { picture } from "./points.ts";

export interface DragOptions {
  /** A move in units of the picture. */
  readonly move: (dx: number, dy: number) => void;
  /** A zoom by `factor` around a place in units of the picture. */
  readonly zoom: (factor: number, at: { readonly x: number; readonly y: number }) => void;
}

/** Pixels that a pointer may tremble before a press is a drag and no longer a click. */
const tremble = 4;

export function dragging(options: DragOptions): (picture: SVGSVGElement) => () => void {
  return (svg) => {
    const controller = new AbortController();
    const { signal } = controller;
    const pointers = new Map<number, { x: number; y: number }>();
    let travelled = 0;

    svg.addEventListener(
      "pointerdown",
      (event) => {
        if (event.button !== 0) return;
        pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        if (pointers.size === 1) travelled = 0;
      },
      { signal },
    );

    svg.addEventListener(
      "pointermove",
      (event) => {
        const last = pointers.get(event.pointerId);
        if (last === undefined) return;
        const [dx, dy] = [event.clientX - last.x, event.clientY - last.y];
        travelled += Math.abs(dx) + Math.abs(dy);
        if (travelled > tremble && !svg.hasPointerCapture(event.pointerId))
          svg.setPointerCapture(event.pointerId);
        const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
        const now = { x: event.clientX, y: event.clientY };
        pointers.set(event.pointerId, now);
        const unit = picture.width / svg.getBoundingClientRect().width;
        if (other === undefined) options.move(dx * unit, dy * unit);
        else {
          const factor = distance(now, other) / Math.max(distance(last, other), 1);
          options.zoom(factor, placeIn(svg, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }));
        }
      },
      { signal },
    );

    const release = (event: PointerEvent) => pointers.delete(event.pointerId);
    svg.addEventListener("pointerup", release, { signal });
    svg.addEventListener("pointercancel", release, { signal });
    addEventListener("pointerup", release, { signal });

    svg.addEventListener(
      "click",
      (event) => {
        if (travelled > tremble) event.preventDefault();
      },
      { signal, capture: true },
    );
    svg.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    svg.addEventListener(
      "wheel",
      (event) => {
        if (!event.ctrlKey && !event.metaKey) return;
        event.preventDefault();
        options.zoom(Math.exp(-event.deltaY / 200), placeIn(svg, { x: event.clientX, y: event.clientY }));
      },
      { signal, passive: false },
    );
    return () => controller.abort();
  };
}

interface Place {
  readonly x: number;
  readonly y: number;
}

function placeIn(svg: SVGSVGElement, at: Place): Place {
  const box = svg.getBoundingClientRect();
  return {
    x: ((at.x - box.left) / box.width) * picture.width,
    y: ((at.y - box.top) / box.height) * picture.height,
  };
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
