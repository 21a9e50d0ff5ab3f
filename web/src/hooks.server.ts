/** What happens around every request: language and theme are chosen, the API is asked in process, headers are set. */
import type { Handle, HandleFetch, HandleServerError } from "@sveltejs/kit/hooks";
import { chooseLocale, localeCookie } from "#lib/i18n/locale.ts";
import { publishedCookie } from "#lib/i18n/published.ts";
import { askApi, belongsToApi } from "#lib/server/api-bridge.ts";
import { compressed } from "#lib/server/compress.ts";
import { setHeaders } from "#lib/server/headers.ts";
import { publicOrigin } from "#lib/server/origin.ts";
import { isTheme, themeCookie } from "#lib/ui/theme.ts";

export const handle: Handle = async ({ event, resolve }) => {
  const { cookies, request, url, locals } = event;
  const theme = cookies.get(themeCookie);
  locals.locale = chooseLocale(cookies.get(localeCookie), request.headers.get("accept-language"));
  locals.theme = isTheme(theme) ? theme : "system";
  locals.isPublished = cookies.get(publishedCookie) !== undefined;
  locals.origin = publicOrigin(url, request.headers);
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace(
        '<html lang="ko" data-theme="system">',
        `<html lang="${locals.locale}" data-theme="${locals.theme}">`,
      ),
  });
  setHeaders(response);
  return compressed(response, request.headers.get("accept-encoding"));
};

export const handleFetch: HandleFetch = ({ event, request, fetch }) => {
  const { origin, pathname } = new URL(request.url);
  return origin === event.url.origin && belongsToApi(pathname) ? askApi(request, fetch) : fetch(request);
};

/** A bug is loud on the server and says nothing of its inside to the reader; expected errors keep their words. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
  if (kind === "unknown") console.error(`${event.request.method} ${event.url.pathname}`, error);
};
