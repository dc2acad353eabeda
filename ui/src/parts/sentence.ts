/** What can be chosen in a sentence, where it says `{name}`. */
export type Blank =
  | {
      kind: 'choice';
      /** For those who hear the control without the sentence. */
      label: string;
      value: string;
      choices: readonly { value: string; name: string }[];
      onchange: (value: string) => void;
    }
  | {
      kind: 'number';
      label: string;
      /** Null while what was typed is no whole number in the range. */
      value: number | null;
      least: number;
      most: number;
      onchange: (value: number | null) => void;
    };

/** The sentence as words and names of blanks, in the order of its language. */
export const piecesOf = (template: string): { blank: boolean; text: string }[] =>
  template
    .split(/(\{\w+\})/)
    .filter((text) => text !== '')
    .map((text) => (text.startsWith('{') ? { blank: true, text: text.slice(1, -1) } : { blank: false, text }));
