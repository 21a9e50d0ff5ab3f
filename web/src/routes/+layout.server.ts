/** What every page knows of the request: language, theme, the address it is reached at, and for whom it is. */
import type { LayoutServerLoad } from "./$types.js";

export const load: LayoutServerLoad = ({ locals }) => ({
  locale: locals.locale,
  theme: locals.theme,
  origin: locals.origin,
  isPublished: locals.isPublished,
});
