// What the overview shows.

export type Period = 'today' | 'week' | 'month';

export const PERIODS: readonly Period[] = ['today', 'week', 'month'];
