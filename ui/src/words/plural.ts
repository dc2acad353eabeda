/** A number and its noun. English and Spanish both have two forms. */
export const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
