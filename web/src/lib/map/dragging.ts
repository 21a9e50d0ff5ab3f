/** Pointers on the picture: drag to move or to draw, pinch or Ctrl and wheel to zoom. A plain wheel still scrolls the page. */
import { picture } from "./points.ts";

export interface Place {
  readonly x: number;
  readonly y: number;
}

export interface DragOptions {
  /** Whether this press draws instead of moving. */
  readonly draws: (event: PointerEvent) => boolean;
  /** A move in units of the picture. */
  readonly move: (dx: number, dy: number) => void;
  /** A zoom by `factor` around a place in units of the picture. */
  readonly zoom: (factor: number, at: Place) => void;
  /** The way drawn so far, in units of the picture; `done` with the last one. */
  readonly draw: (way: readonly Place[], done: boolean) => void;
  /** The pointer is here, pressed or not. */
  readonly hover: (at: Place) => void;
}

/** Pixels that a pointer may tremble before a press is a drag and no longer a click. */
const tremble = 4;

/** Attaches the gestures to a picture; they go with it. */
export function dragging(options: DragOptions): (picture: SVGSVGElement) => () => void {
  return (svg) => {
    const controller = new AbortController();
    const { signal } = controller;
    const pointers = new Map<number, Place>();
    let travelled = 0;
    let way: Place[] | null = null;

    const down = (event: PointerEvent): void => {
      if (event.button !== 0) return;
      pointers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (pointers.size === 1) travelled = 0;
      const begins = pointers.size === 1 && options.draws(event);
      way = begins ? [placeIn(svg, { x: event.clientX, y: event.clientY })] : null;
      options.hover(placeIn(svg, { x: event.clientX, y: event.clientY }));
    };
    const moved = (event: PointerEvent): void => {
      const now = { x: event.clientX, y: event.clientY };
      const last = pointers.get(event.pointerId);
      if (last === undefined) {
        options.hover(placeIn(svg, now));
        return;
      }
      travelled += Math.abs(now.x - last.x) + Math.abs(now.y - last.y);
      if (travelled > tremble && !svg.hasPointerCapture(event.pointerId))
        svg.setPointerCapture(event.pointerId);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      pointers.set(event.pointerId, now);
      if (way !== null && other === undefined) {
        way.push(placeIn(svg, now));
        options.draw(way, false);
      } else if (other === undefined) {
        const unit = unitOf(svg.getBoundingClientRect());
        options.move((now.x - last.x) * unit, (now.y - last.y) * unit);
      } else {
        const factor = distance(now, other) / Math.max(distance(last, other), 1);
        options.zoom(factor, placeIn(svg, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 }));
      }
    };
    const release = (event: PointerEvent): void => {
      if (!pointers.delete(event.pointerId) || way === null) return;
      options.draw(event.type === "pointerup" && travelled > tremble ? way : [], true);
      way = null;
    };
    const wheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      options.zoom(Math.exp(-event.deltaY / 200), placeIn(svg, { x: event.clientX, y: event.clientY }));
    };
    const click = (event: MouseEvent): void => {
      if (travelled > tremble) event.preventDefault();
    };

    svg.addEventListener("pointerdown", down, { signal });
    svg.addEventListener("pointermove", moved, { signal });
    svg.addEventListener("pointercancel", release, { signal });
    addEventListener("pointerup", release, { signal });
    svg.addEventListener("click", click, { signal, capture: true });
    svg.addEventListener("dragstart", (event) => event.preventDefault(), { signal });
    svg.addEventListener("wheel", wheel, { signal, passive: false });
    return () => controller.abort();
  };
}

function placeIn(svg: SVGSVGElement, at: Place): Place {
  const box = svg.getBoundingClientRect();
  const unit = unitOf(box);
  return {
    x: (at.x - box.left - box.width / 2) * unit + picture.width / 2,
    y: (at.y - box.top - box.height / 2) * unit + picture.height / 2,
  };
}

/** Units of the picture to a pixel. It keeps its shape: in a wider window it stands in the middle. */
function unitOf(box: DOMRect): number {
  return Math.max(picture.width / box.width, picture.height / box.height);
}

function distance(a: Place, b: Place): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}
