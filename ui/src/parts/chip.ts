/** What a chip says at a glance. */
export type ChipKind = 'passed' | 'stopped' | 'waiting' | 'unknown' | 'plain';
