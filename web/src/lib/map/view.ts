/** Which part of the picture is seen: a scale and a shift, in units of the picture. */
import { picture } from "./points.ts";

export interface View {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

export const wholeView: View = { scale: 1, x: 0, y: 0 };
const scaleMax = 24;

/** Zooms by a factor around a place of the window (units of the picture), which stays where it is. */
export function zoomed(view: View, factor: number, at: { readonly x: number; readonly y: number }): View {
  const scale = Math.min(Math.max(view.scale * factor, 1), scaleMax);
  const ratio = scale / view.scale;
  return held({ scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio });
}

export function moved(view: View, dx: number, dy: number): View {
  return held({ ...view, x: view.x + dx, y: view.y + dy });
}

/** Where a point of the picture is seen. */
export function seen(view: View, point: { readonly x: number; readonly y: number }) {
  return { x: point.x * view.scale + view.x, y: point.y * view.scale + view.y };
}

/** The place of the picture that is seen at a place of the window. */
export function under(view: View, at: { readonly x: number; readonly y: number }) {
  return { x: (at.x - view.x) / view.scale, y: (at.y - view.y) / view.scale };
}

/** The picture never leaves the window. */
function held({ scale, x, y }: View): View {
  return {
    scale,
    x: Math.min(Math.max(x, picture.width * (1 - scale)), 0),
    y: Math.min(Math.max(y, picture.height * (1 - scale)), 0),
  };
}
