// From codes and times to sentences. Pure, so that every code is tested without drawing a screen.
import type { Money } from '../admin/pages';
import type { Language } from '../contract/Language';
import type { Refusal } from '../contract/Refusal';
import type { SendProblem } from '../contract/SendProblem';
import type { StoppedView } from '../contract/StoppedView';
import type { Explained } from './en.codes';
import { en, type Words } from './en';
import { es } from './es';

export const dictionaries: Record<Language, Words> = { en, es };

/** Why a sign-in stopped. A check without an answer never says that the SIM was changed. */
export function explainStop(words: Words, view: Pick<StoppedView, 'reason' | 'numberEnding' | 'windowDays'>): Explained {
  const { reason } = view;
  switch (reason.kind) {
    case 'not_approved':
      return words.notApproved;
    case 'sim_changed':
      return { ...words.simChanged, why: words.simChanged.why(view.numberEnding, view.windowDays) };
    case 'cannot_tell':
      return words.cannotTell[reason.cause];
    case 'not_sent':
      return words.notSent[reason.problem];
    case 'code_refused':
      return words.codeRefused[reason.problem];
    case 'unforeseen':
      return words.unforeseenStop;
  }
}

/** The words under the station that stopped. */
export function stopWord(words: Words, view: StoppedView): string {
  switch (view.reason.kind) {
    case 'not_approved':
      return words.gate.held;
    case 'sim_changed':
      return words.gate.changed;
    case 'cannot_tell':
      return words.gate.noAnswer;
    case 'not_sent':
      return words.gate.notSent;
    case 'code_refused':
      return words.gate.refused;
    case 'unforeseen':
      return words.gate.stopped;
  }
}

/**
 * Whether the code that was sent before is still taken when no other could be sent. It is not where
 * the service takes no code of ours, or no other try for this number.
 */
export const codeStillWorks: Record<SendProblem, boolean> = {
  too_soon: true,
  sign_in_limit: true,
  number_limit: true,
  too_many_tries: false,
  check_too_old: true,
  budget: true,
  country_not_allowed: true,
  number_refused: true,
  blocked: true,
  channel_off: true,
  our_credentials: false,
  our_account: false,
  rate_limit: true,
  unreachable: true,
  network: true,
  vendor_failed: true,
  malformed_answer: true,
};

/** A refused command's sentence, or nothing where the page only shows the view it is given. */
export function explainRefusal(words: Words, refusal: Refusal): string {
  return words.errors[refusal.code];
}

/** The form in which a person of this language reads dates: their own region's, if they named one. */
export function localeFor(language: Language, preferred: readonly string[]): string {
  const own = preferred.find((tag) => tag === language || tag.startsWith(`${language}-`));
  return own ?? { en: 'en-GB', es: 'es-ES' }[language];
}

/** A moment as day and time; only the time when it is today, and the year when it is another. */
export function when(at: string, locale: string, now = new Date()): string {
  const moment = new Date(at);
  const sameDay = moment.toDateString() === now.toDateString();
  const sameYear = moment.getFullYear() === now.getFullYear();
  return new Intl.DateTimeFormat(locale, {
    ...(sameDay ? {} : { weekday: 'long', day: 'numeric', month: 'long' }),
    ...(sameYear ? {} : { year: 'numeric' }),
    hour: 'numeric',
    minute: '2-digit',
  }).format(moment);
}

/** A moment of the next minutes: its time alone. */
export const time = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }).format(new Date(at));

/** A moment as its day, with the year. */
export const day = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));

/** A moment in few letters, for a column or a line beside other things. */
export const short = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

/** A moment for a list of many: day, month, year and time to the second, all of one width. */
export const stamp = (at: string, locale: string): string =>
  new Intl.DateTimeFormat(locale, {
    day: '2-digit',
    month: '2-digit',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at));

/** What a vendor charged or holds. tru.ID's own credits have no sign. */
export function money(words: Words, { amount, currency }: Money, locale: string): string {
  const written = (style: Intl.NumberFormatOptions) =>
    new Intl.NumberFormat(locale, { ...style, maximumFractionDigits: 4 }).format(Number(amount));
  return currency === 'API' ? words.credits(written({}), Number(amount) === 1) : written({ style: 'currency', currency });
}

/** Minutes and seconds, as a clock shows them. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
