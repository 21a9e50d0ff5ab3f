/** The shapes that SvelteKit passes around: errors, request locals and data of every page. */
import type { Locale } from "#lib/i18n/locale.ts";
import type { Theme } from "#lib/ui/theme.ts";

declare global {
  namespace App {
    interface Error {
      /** Stable code of the API's problem document, where there is one. */
      code?: string;
      /** What the API says, for codes that the page has no words of its own for. */
      detail?: string;
    }
    interface Locals {
      locale: Locale;
      theme: Theme;
      /** Where readers reach this server, without a slash at the end: `http://127.0.0.1:4321`. */
      origin: string;
      /** For a file of a published site: no server is behind it, nor any script of the page's own. */
      isPublished: boolean;
    }
    interface PageData {
      locale: Locale;
      theme: Theme;
      origin: string;
      isPublished: boolean;
    }
  }
}
