// Reads what the vendors' own tools wrote: tru.json, and the tutorial's .env. The text is looked at
// and forgotten; only the values go into the form.
import { HOSTS, LONGEST_VALUE, type ImportFault, type TruIdForm, type TwilioForm } from './vendors';

export type Imported<Form> = { fault: ImportFault } | { form: Form; filled: number };

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

function record(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : null;
}

/** tru.json has its credentials in a list of one; older ones have them as they are. */
export function readTruJson(text: string): Imported<TruIdForm> {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return { fault: 'not_json' };
  }
  const whole = record(json);
  const credentials = record(Array.isArray(whole?.credentials) ? whole.credentials[0] : whole?.credentials);
  const clientId = credentials?.client_id;
  const clientSecret = credentials?.client_secret;
  if (!isText(clientId) || !isText(clientSecret)) return { fault: 'not_tru_json' };
  if ([clientId, clientSecret].some((value) => value.length > LONGEST_VALUE)) return { fault: 'too_long' };
  const named = isText(whole?.data_residency) ? whole.data_residency.toLowerCase() : 'eu';
  // tru.ID's own command line takes Europe where the file says nothing.
  const host = Object.hasOwn(HOSTS, named) ? HOSTS[named as keyof typeof HOSTS] : HOSTS.eu;
  return { form: { clientId, clientSecret, host }, filled: 3 };
}

/** `NAME=value` lines, with or without quotes, `export` and remarks. */
export function readEnv(text: string): Imported<TwilioForm> {
  const values = new Map<string, string>();
  for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
    const [, name, rest] = /^\s*(?:export\s+)?([A-Z][A-Z0-9_]*)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || rest === undefined) continue;
    const quoted = /^(["'])(.*?)\1/.exec(rest);
    const value = quoted ? (quoted[2] ?? '') : rest.replace(/\s+#.*$/, '').trim();
    if (value) values.set(name, value);
  }
  const form: TwilioForm = {
    kind: values.has('TWILIO_API_KEY') ? 'api_key' : 'auth_token',
    accountSid: values.get('TWILIO_ACCOUNT_SID') ?? null,
    keySid: values.get('TWILIO_API_KEY') ?? null,
    secret: values.get('TWILIO_API_SECRET') ?? values.get('TWILIO_AUTH_TOKEN') ?? null,
    serviceSid: values.get('VERIFICATION_SID') ?? values.get('TWILIO_VERIFY_SERVICE_SID') ?? null,
  };
  const found = [form.accountSid, form.keySid, form.secret, form.serviceSid].filter(isText);
  if (found.length === 0) return { fault: 'not_env' };
  if (found.some((value) => value.length > LONGEST_VALUE)) return { fault: 'too_long' };
  return { form, filled: found.length };
}
