import { useMessages } from '@/i18n/context';
import { locale, LOCALES, theme, THEMES, usePreference, zone, ZONES, type Locale } from '@/lib/preferences';
import { Button } from './ui/button';
import { Icon } from './ui/icon';
import { Menu, MenuChoice, MenuRule } from './ui/menu';

// Each in its own language, so that whoever can't read this one finds theirs.
const LANGUAGES: Record<Locale, string> = { en: 'English', it: 'Italiano' };

/** Theme, language and time zone, as parts of a menu. */
export function DisplayChoices() {
  const t = useMessages().shell;
  const local = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <MenuChoice
        label={t.theme}
        value={usePreference(theme)}
        options={THEMES.map((value) => ({ value, label: t.themes[value] }))}
        onChange={theme.write}
      />
      <MenuRule />
      <MenuChoice
        label={t.language}
        value={usePreference(locale)}
        options={LOCALES.map((value) => ({ value, label: LANGUAGES[value] }))}
        onChange={locale.write}
      />
      <MenuRule />
      <MenuChoice
        label={t.zone}
        value={usePreference(zone)}
        options={ZONES.map((value) => ({
          value,
          label: value === 'local' ? t.zones.local(local) : t.zones.UTC,
        }))}
        onChange={zone.write}
      />
    </>
  );
}

/** The same for pages without an account's menu. */
export function DisplayMenu() {
  const t = useMessages().shell;
  return (
    <Menu
      trigger={
        <Button look="quiet" size="sm">
          <Icon name="globe" />
          {LANGUAGES[usePreference(locale)]}
          <span className="sr-only">, {t.display}</span>
        </Button>
      }
    >
      <DisplayChoices />
    </Menu>
  );
}
