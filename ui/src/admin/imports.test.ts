import { describe, expect, it } from 'vitest';
import { readEnv, readTruJson } from './imports';

const tru = (change: object = {}) =>
  JSON.stringify({
    project_id: 'p-1',
    name: 'Branch',
    created_at: '2026-01-01T00:00:00Z',
    credentials: [{ client_id: 'id-1', client_secret: 'secret-1', scopes: ['sim_check'] }],
    data_residency: 'in',
    ...change,
  });

describe('tru.json', () => {
  it('gives the client, its secret and the host of its data', () => {
    expect(readTruJson(tru())).toEqual({
      form: { clientId: 'id-1', clientSecret: 'secret-1', host: 'https://in.api.tru.id' },
      filled: 3,
    });
  });

  it('means Europe where it does not say, as the tool that writes it does', () => {
    expect(readTruJson(tru({ data_residency: undefined }))).toMatchObject({ form: { host: 'https://eu.api.tru.id' } });
    expect(readTruJson(tru({ data_residency: 'EU' }))).toMatchObject({ form: { host: 'https://eu.api.tru.id' } });
  });

  it('takes no host from outside the list, whatever the file says', () => {
    for (const data_residency of ['evil.example/', '__proto__', 'toString', '../..']) {
      expect(readTruJson(tru({ data_residency }))).toMatchObject({ form: { host: 'https://eu.api.tru.id' } });
    }
  });

  it('reads credentials that stand alone, and a file with a byte order mark', () => {
    expect(readTruJson('\uFEFF' + tru({ credentials: { client_id: 'a', client_secret: 'b' } }))).toMatchObject({
      form: { clientId: 'a', clientSecret: 'b' },
    });
  });

  it.each([
    ['not json at all', 'not_json'],
    ['', 'not_json'],
    ['null', 'not_tru_json'],
    ['[1, 2]', 'not_tru_json'],
    ['{"credentials": []}', 'not_tru_json'],
    ['{"credentials": [{"client_id": 5, "client_secret": "x"}]}', 'not_tru_json'],
    [tru({ credentials: [{ client_id: 'x'.repeat(201), client_secret: 'y' }] }), 'too_long'],
  ])('is told from something else: %.40s', (text, fault) => {
    expect(readTruJson(text)).toEqual({ fault });
  });
});

describe('the tutorial’s .env', () => {
  it('gives the account, its token and the service', () => {
    const text = 'NODE_ENV=development\nTWILIO_ACCOUNT_SID=AC1\nTWILIO_AUTH_TOKEN=tok\nVERIFICATION_SID=VA1\nTRU_ID_SECRET=x';
    expect(readEnv(text)).toEqual({
      form: { kind: 'auth_token', accountSid: 'AC1', keySid: null, secret: 'tok', serviceSid: 'VA1' },
      filled: 3,
    });
  });

  it('takes an API key before the token', () => {
    const text = 'TWILIO_AUTH_TOKEN=tok\nTWILIO_API_KEY=SK1\nTWILIO_API_SECRET=sec';
    expect(readEnv(text)).toMatchObject({ form: { kind: 'api_key', keySid: 'SK1', secret: 'sec' } });
  });

  it('reads quotes, remarks, export, spaces and the ends of lines of Windows', () => {
    const text = '# mine\r\nexport TWILIO_ACCOUNT_SID = "AC#1" # account\r\nTWILIO_AUTH_TOKEN=tok # token\r\nVERIFICATION_SID=\r\n';
    expect(readEnv(text)).toMatchObject({ form: { accountSid: 'AC#1', secret: 'tok', serviceSid: null }, filled: 2 });
  });

  it.each([
    ['{"credentials": []}', 'not_env'],
    ['SECRET_KEY=abc', 'not_env'],
    [`TWILIO_AUTH_TOKEN=${'x'.repeat(201)}`, 'too_long'],
  ])('is told from something else: %.40s', (text, fault) => {
    expect(readEnv(text)).toEqual({ fault });
  });
});
