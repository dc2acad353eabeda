// Language, colours and text size: the only things the page ever keeps, and only on this machine.
import type { Language } from '../contract/Language';

export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export const TEXT_SIZES = [100, 125, 150, 175, 200] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export const LANGUAGES = ['en', 'es'] as const satisfies readonly Language[];

const KEYS = { language: 'simgate.language', theme: 'simgate.theme', text: 'simgate.text' };

const DARK = '(prefers-color-scheme: dark)';
const MORE = '(prefers-contrast: more)';

export class Prefs {
  language = $state<Language>('en');
  theme = $state<Theme>('system');
  text = $state<TextSize>(100);
  /** The languages that the branch offers, in the order of all. */
  offered = $state.raw<readonly Language[]>(LANGUAGES);
  /** Somebody chose the language here. */
  #chosen = false;
  /** Grows when the system's own colours change. */
  #system = $state(0);

  constructor() {
    const spoken = navigator.language.startsWith('es') ? 'es' : 'en';
    const chosen = oneOf(LANGUAGES, read(KEYS.language));
    this.#chosen = chosen !== undefined;
    this.language = chosen ?? spoken;
    this.theme = oneOf(THEMES, read(KEYS.theme)) ?? 'system';
    this.text = oneOf(TEXT_SIZES, Number(read(KEYS.text))) ?? 100;
    for (const query of [DARK, MORE]) {
      matchMedia(query).addEventListener('change', () => (this.#system += 1));
    }
  }

  choose(choice: { language?: Language; theme?: Theme; text?: TextSize }): void {
    if (choice.language) {
      this.#chosen = true;
      keep(KEYS.language, (this.language = choice.language));
    }
    if (choice.theme) keep(KEYS.theme, (this.theme = choice.theme));
    if (choice.text) keep(KEYS.text, String((this.text = choice.text)));
  }

  /** Takes up what the branch offers, the language that screens begin in first; none for all of them.
   * What was chosen here stays as long as it is offered. */
  offer(languages: readonly Language[]): void {
    const [first] = languages;
    this.offered = first ? LANGUAGES.filter((language) => languages.includes(language)) : LANGUAGES;
    if (first && !(this.#chosen && languages.includes(this.language))) this.language = first;
  }

  /** The set of colours to draw with: one of the blocks in tokens.css. */
  get colours(): 'light' | 'dark' | 'contrast-light' | 'contrast-dark' {
    void this.#system;
    const dark = matchMedia(DARK).matches;
    const contrast = this.theme === 'contrast' || (this.theme === 'system' && matchMedia(MORE).matches);
    if (contrast) return dark ? 'contrast-dark' : 'contrast-light';
    if (this.theme === 'system') return dark ? 'dark' : 'light';
    return this.theme === 'dark' ? 'dark' : 'light';
  }

  /** Puts the choices on the document, where the styles read them. */
  apply(root: HTMLElement): void {
    root.lang = this.language;
    root.dataset.colours = this.colours;
    root.dataset.text = String(this.text);
  }
}

function oneOf<T>(allowed: readonly T[], value: unknown): T | undefined {
  return allowed.find((choice) => choice === value);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // A machine that keeps nothing shows the choice until the window closes.
  }
}
