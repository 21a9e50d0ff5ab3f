/** Which section is being read: the last heading that has passed the upper third of the window. */

/**
 * Calls `tell` with the anchor of the current section, or null before the first, whenever it changes. Returns the function
 * that ends it.
 */
export function followSection(anchors: readonly string[], tell: (anchor: string | null) => void): () => void {
  let scheduled = 0;
  let last: string | null = null;
  const look = () => {
    scheduled = 0;
    const line = window.innerHeight / 3;
    const passed = anchors.filter((anchor) => {
      const heading = document.getElementById(anchor);
      return heading !== null && heading.getBoundingClientRect().top <= line;
    });
    const now = passed.at(-1) ?? null;
    if (now === last) return;
    last = now;
    tell(now);
  };
  const schedule = () => {
    scheduled ||= requestAnimationFrame(look);
  };
  addEventListener("scroll", schedule, { passive: true });
  addEventListener("resize", schedule, { passive: true });
  schedule();
  return () => {
    cancelAnimationFrame(scheduled);
    removeEventListener("scroll", schedule);
    removeEventListener("resize", schedule);
  };
}
