import { describe, expect, it } from 'vitest';
import { countries, likelyCountry, namedCountries } from './countries';

describe('the countries', () => {
  it('are each there once, with a calling code of one to three digits', () => {
    expect(countries.length).toBeGreaterThan(230);
    expect(new Set(countries.map(({ iso }) => iso)).size).toBe(countries.length);
    for (const { iso, calling } of countries) {
      expect(iso).toMatch(/^[A-Z]{2}$/);
      expect(calling, iso).toMatch(/^[1-9]\d{0,2}$/);
    }
  });

  it.each([
    ['GB', '44'],
    ['ES', '34'],
    ['US', '1'],
    ['MX', '52'],
    ['IE', '353'],
    ['XK', '383'],
  ])('know that %s is called with +%s', (iso, calling) => {
    expect(countries.find((country) => country.iso === iso)?.calling).toBe(calling);
  });

  it('are named and ordered in the language of the page', () => {
    const english = namedCountries('en-GB');
    const spanish = namedCountries('es-ES');
    expect(english.find(({ iso }) => iso === 'DE')?.name).toBe('Germany');
    expect(spanish.find(({ iso }) => iso === 'DE')?.name).toBe('Alemania');
    expect(english.every(({ iso, name }) => name !== iso), 'every country has a name').toBe(true);
    expect(spanish.findIndex(({ iso }) => iso === 'DE')).toBeLessThan(spanish.findIndex(({ iso }) => iso === 'FR'));
  });

  it('begin at the person’s own region', () => {
    expect(likelyCountry(['es', 'es-MX'])).toBe('MX');
    expect(likelyCountry(['zh-Hant-TW'])).toBe('TW');
    expect(likelyCountry(['en', 'eo'])).toBe('GB');
  });
});
