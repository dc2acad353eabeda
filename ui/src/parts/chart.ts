/** A row of bars: one bar for each series. */
export interface Bars {
  label: string;
  values: readonly number[];
}

/** The lines behind the bars: from zero, in even steps that a reader takes in at a glance. */
export function gridFor(most: number, lines = 4): number[] {
  const rough = Math.max(1, most) / lines;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough) ?? 1);
  return Array.from({ length: Math.max(1, Math.ceil(most / step)) + 1 }, (_, i) => i * step);
}
