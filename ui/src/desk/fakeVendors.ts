// The vendors of the fake desk: settings of which it knows no more than that there are some, and a test
// that passes whatever holds no `wrong`.
import type { FilledField } from '../contract/FilledField';
import type { SaveAnswer } from '../contract/SaveAnswer';
import type { SaveVendorForm } from '../contract/SaveVendorForm';
import type { TestAnswer } from '../contract/TestAnswer';
import type { TestDetail } from '../contract/TestDetail';
import type { TestResult } from '../contract/TestResult';
import type { TestStep } from '../contract/TestStep';
import type { TriedCode } from '../contract/TriedCode';
import type { TryAnswer } from '../contract/TryAnswer';
import type { VendorFieldProblem } from '../contract/VendorFieldProblem';
import type { VendorFileAnswer } from '../contract/VendorFileAnswer';
import type { VendorFileForm } from '../contract/VendorFileForm';
import type { VendorForm } from '../contract/VendorForm';
import type { VendorName } from '../contract/VendorName';
import type { VendorStatus } from '../contract/VendorStatus';
import type { VendorsStatus } from '../contract/VendorsStatus';
import { truId, twilio } from './posed/vendors';

export class FakeVendors {
  #of: Record<VendorName, VendorStatus> = { tru_id: truId, twilio };
  #passed: string | null = null;
  #sent = false;

  status(): VendorsStatus {
    return { kind: 'known', truId: this.#of.tru_id, twilio: this.#of.twilio, rehearsal: true };
  }

  read({ file, text }: VendorFileForm): VendorFileAnswer {
    const no = { kind: 'not_taken', line: null, name: null } as const;
    if (file === 'tru_json' && !text.includes('client_secret')) return { ...no, problem: 'something_else' };
    if (file === 'dot_env' && !text.includes('=')) return { ...no, problem: 'line', line: 1 };
    return this.fill(file === 'tru_json' ? ['tru_id'] : ['tru_id', 'twilio']);
  }

  fill(vendors: readonly VendorName[] = ['tru_id', 'twilio']): VendorFileAnswer {
    const fields = vendors.flatMap((vendor) => {
      const unsaved: FilledField[] = this.#of[vendor].stored.map((one) => ({
        ...one,
        shown: one.field === 'host' ? one.shown : one.shown && 'f00d',
      }));
      this.#of[vendor] = { ...this.#of[vendor], unsaved };
      return unsaved;
    });
    return { kind: 'filled', fields, mayCheckSims: null };
  }

  drop(vendor: VendorName): VendorsStatus {
    this.#of[vendor] = { ...this.#of[vendor], unsaved: [] };
    return this.status();
  }

  test(form: VendorForm): TestAnswer {
    const problems = problemsOf(form);
    if (problems.length > 0) return { kind: 'invalid', problems };
    const passed = !JSON.stringify(form).includes('wrong');
    this.#passed = passed ? JSON.stringify(form) : null;
    const nothing: TestResult = { ended: 'passed', detail: { told: 'nothing' } };
    const refused: TestResult = { ended: 'failed', cause: 'refused', digits: null, retryIn: null };
    const asked = passed ? nothing : refused;
    const after = (detail: TestDetail): TestResult => (passed ? { ended: 'passed', detail } : { ended: 'not_reached' });
    const steps: TestStep[] =
      form.vendor === 'tru_id'
        ? [
            { name: 'host_reached', result: nothing },
            { name: 'token_granted', result: asked },
            { name: 'scope_held', result: after({ told: 'nothing' }) },
          ]
        : [
            { name: 'host_reached', result: nothing },
            { name: 'service_found', result: asked },
            { name: 'code_length', result: after({ told: 'code_length', digits: 6 }) },
            { name: 'channels', result: after({ told: 'channels', callWantsKey: true }) },
          ];
    return { kind: 'tested', passed, steps };
  }

  save({ form, untested }: SaveVendorForm): SaveAnswer {
    const problems = problemsOf(form);
    if (problems.length > 0) return { kind: 'invalid', problems };
    if (!untested && this.#passed !== JSON.stringify(form)) return { kind: 'untested' };
    const { vendor } = form;
    const { stored, unsaved } = this.#of[vendor];
    const status = { ...this.#of[vendor], since: '2026-11-26T09:00:00Z', stored: unsaved.length > 0 ? unsaved : stored, unsaved: [] };
    this.#of[vendor] = status;
    return { kind: 'saved', status };
  }

  checkSim(): TryAnswer {
    return { kind: 'checked', answer: { sim: 'unchanged' }, cost: '0.05 EUR', balance: '19.95 EUR', retryIn: null };
  }

  send(channel: 'sms' | 'voice'): TryAnswer {
    this.#sent = true;
    return { kind: 'sent', numberEnding: '46', channel };
  }

  typed(right: boolean): TriedCode {
    if (!this.#sent) return { kind: 'nothing_sent' };
    this.#sent = !right;
    return { kind: right ? 'approved' : 'wrong' };
  }
}

function problemsOf(form: VendorForm): VendorFieldProblem[] {
  if (form.vendor === 'twilio') {
    return form.sid && !/^(AC|SK)/.test(form.sid) ? [{ field: 'sid', code: 'sid_form' }] : [];
  }
  return form.host && !/^https:\/\/[a-z]+\.api\.(tru\.id|idlayr\.com)$/.test(form.host)
    ? [{ field: 'host', code: 'host_not_allowed' }]
    : [];
}
