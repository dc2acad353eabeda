// Which station of the gate is in which state, told from the view alone.
import type { SimWord } from '../contract/SimWord';
import type { Station } from '../contract/Station';
import type { View } from '../contract/View';
import type { Words } from '../words/en';
import { stopWord } from '../words/speak';

export type StationState = 'waiting' | 'now' | 'working' | 'passed' | 'allowed' | 'stopped';

export interface StationView {
  station: Station;
  state: StationState;
  word: string;
}

const ORDER: readonly Station[] = ['password', 'sim', 'code'];

/** What the SIM station says once it has let the person on: only a SIM that was asked about and not changed is "unchanged". */
export function simPassedWord(words: Words, sim: SimWord): string {
  return {
    unchanged: words.gate.unchanged,
    unchecked: words.gate.unchecked,
    changed_in_grace: words.gate.newHere,
    recovered: words.gate.recovered,
  }[sim];
}

/** Green is for what was found well: what was let on without that is told apart at a glance. */
const simPassed = (words: Words, sim: SimWord): [StationState, string] => [
  sim === 'unchanged' ? 'passed' : 'allowed',
  simPassedWord(words, sim),
];

/** The three stations, or null on the screens that have no gate. */
export function gateFor(words: Words, view: View, busy: boolean): StationView[] | null {
  const w = words.gate;
  const row = (...states: [StationState, string][]): StationView[] =>
    ORDER.map((station, i) => {
      const [state, word] = states[i] ?? ['waiting', w.waiting];
      return { station, state, word };
    });
  switch (view.screen) {
    case 'sign_in':
      return row(busy ? ['working', w.checking] : ['now', w.now]);
    case 'checking_sim':
      return view.sending
        ? row(['passed', w.passed], ['passed', w.passed], ['working', w.sending])
        : row(['passed', w.passed], ['working', w.checking]);
    case 'code':
      return row(
        ['passed', w.passed],
        simPassed(words, view.sim),
        busy ? ['working', w.checking] : ['now', w.now],
      );
    case 'stopped': {
      const at = ORDER.indexOf(view.station);
      return row(
        ...ORDER.map((_, i): [StationState, string] => {
          if (i === at) return ['stopped', stopWord(words, view)];
          if (ORDER[i] === 'sim' && !view.simPassed) return ['waiting', w.notReached];
          return i < at ? ['passed', w.passed] : ['waiting', w.notReached];
        }),
      );
    }
    case 'counter':
      return row(['passed', w.passed], simPassed(words, view.sim), ['passed', w.passed]);
    case 'starting':
    case 'first_run':
    case 'choose_password':
    case 'not_set_up':
    case 'fault':
      return null;
  }
}
