/** Remembers a language or a theme in a cookie and leads back: the switches' way without script. */
import { redirect } from "@sveltejs/kit";
import { isLocale, localeCookie } from "#lib/i18n/locale.ts";
import { safeReturn } from "#lib/server/return-path.ts";
import { isTheme, themeCookie } from "#lib/ui/theme.ts";
import type { RequestHandler } from "./$types.js";

export const GET: RequestHandler = ({ url, cookies }) => {
  const locale = url.searchParams.get("locale");
  const theme = url.searchParams.get("theme");
  if (isLocale(locale)) cookies.set(localeCookie, locale, remembered);
  if (isTheme(theme)) cookies.set(themeCookie, theme, remembered);
  redirect(303, safeReturn(url.searchParams.get("back")));
};

/** For a year; readable by the page's own script, and sent over plain http because the product serves it. */
const remembered = {
  path: "/",
  maxAge: 31_536_000,
  sameSite: "lax",
  httpOnly: false,
  secure: false,
} as const;
