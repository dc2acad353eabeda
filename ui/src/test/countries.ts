// Three countries in the place of all.
import type { Country } from '../words/countries';

export const countries: readonly Country[] = [
  { iso: 'ES', calling: '34' },
  { iso: 'GB', calling: '44' },
  { iso: 'IE', calling: '353' },
];

export const namedCountries = () => countries.map((country) => ({ ...country, name: country.iso }));

export const likelyCountry = () => 'GB';
