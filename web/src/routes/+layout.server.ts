/** What every page knows of the request: language, theme, and the address it is reached at. */
import type { LayoutServerLoad } from "./$types.js";

export const load: LayoutServerLoad = ({ locals }) => ({
  locale: locals.locale,
  theme: locals.theme,
  origin: locals.origin,
});
