/** What the command palette can do without asking the server: pages and settings. */
import type { Messages } from "#lib/i18n/en.ts";
import type { Locale } from "#lib/i18n/locale.ts";
import { themes } from "./theme.ts";

export interface Command {
  readonly group: "pages" | "settings" | "found";
  readonly name: string;
  readonly href: string;
  readonly note?: string;
  /** Needs the whole page anew: the language is chosen by the server. */
  readonly reloads?: boolean;
  readonly action?: "shortcuts";
}

/** The commands whose name holds `text`, whatever its case. */
export function commandsFor(t: Messages, locale: Locale, text: string, here: string): readonly Command[] {
  const back = encodeURIComponent(here);
  const other: Locale = locale === "ko" ? "en" : "ko";
  const commands: readonly Command[] = [
    { group: "pages", name: t.nav.search, href: "/" },
    { group: "pages", name: t.nav.posts, href: "/posts" },
    { group: "pages", name: t.nav.orgs, href: "/orgs" },
    { group: "pages", name: t.nav.tags, href: "/tags" },
    { group: "pages", name: t.nav.map, href: "/map" },
    {
      group: "settings",
      name: t.language[other],
      href: `/preferences?locale=${other}&back=${back}`,
      reloads: true,
    },
    ...themes.map((theme) => ({
      group: "settings" as const,
      name: `${t.theme.name}: ${t.theme[theme]}`,
      href: `/preferences?theme=${theme}&back=${back}`,
      reloads: true,
    })),
    { group: "settings", name: t.palette.help, href: "#", action: "shortcuts" },
  ];
  const wanted = text.trim().toLocaleLowerCase(locale);
  return commands.filter(({ name }) => name.toLocaleLowerCase(locale).includes(wanted));
}
