// The vendors and the branch, in every state worth looking at. The SIDs are made up.
import BranchPage from '../../admin/BranchPage.svelte';
import type { BranchForm } from '../../admin/branch';
import VendorsPage from '../../admin/VendorsPage.svelte';
import { HOSTS, type TestResult, type TruIdStored, type TwilioStored, type VendorState } from '../../admin/vendors';
import { nothing, pose, type AdminPose } from './pose';

const at = '2026-10-02T08:30:00Z';

export const truId: TruIdStored = {
  clientId: { at, ending: '9c1e' },
  clientSecret: { at, ending: null },
  host: HOSTS.eu,
};

export const twilio: TwilioStored = {
  kind: 'api_key',
  accountSid: null,
  keySid: { at, ending: '77b0' },
  secret: { at, ending: null },
  serviceSid: { at, ending: '1a2b' },
};

export const vendor = <Kept>(stored: Kept | null, change: Partial<VendorState<Kept>> = {}): VendorState<Kept> => ({
  stored,
  busy: null,
  tested: null,
  saved: false,
  ...change,
});

export const passed: TestResult = {
  steps: (['host_reached', 'token_granted', 'scope_held'] as const).map((step) => ({ step, state: 'passed', problem: null })),
};

export const failed: TestResult = {
  steps: [
    { step: 'host_reached', state: 'passed', problem: null },
    { step: 'signed_in', state: 'passed', problem: null },
    { step: 'service_found', state: 'passed', problem: null },
    { step: 'code_length', state: 'failed', problem: 'code_too_short' },
    { step: 'sms_open', state: 'not_reached', problem: null },
    { step: 'voice_open', state: 'not_reached', problem: null },
  ],
};

const acts = { ontest: nothing, onsave: nothing, onedit: nothing };

export const vendorProps = (
  of: VendorState<TruIdStored> = vendor<TruIdStored>(null),
  other: VendorState<TwilioStored> = vendor<TwilioStored>(null),
) => ({ truId: of, twilio: other, refused: null, mayBeReal: true, truIdActs: acts, twilioActs: acts });

const page = (...of: Parameters<typeof vendorProps>) =>
  pose({ around: 'admin', page: 'vendors' }, VendorsPage, vendorProps(...of));

export const branch = (change: Partial<BranchForm> = {}): BranchForm => ({
  name: 'High Street branch, desk 3',
  call: 'Branch support, 020 7946 0018',
  languages: ['en', 'es'],
  first: 'en',
  registration: 'by_approval',
  ...change,
});

export const branchProps = (of: BranchForm, saved = false) => ({
  branch: of,
  busy: false,
  refusal: null,
  saved,
  onsave: nothing,
});

const branchPage = (of: BranchForm, saved = false) =>
  pose({ around: 'admin', page: 'branch' }, BranchPage, branchProps(of, saved));

export const vendors: Record<string, AdminPose> = {
  vendors: page(vendor(truId), vendor(twilio)),
  vendors_unset: page(),
  vendors_tested: page(vendor(truId, { tested: passed }), vendor(twilio, { tested: failed })),
  vendors_testing: page(vendor(truId, { busy: 'testing' }), vendor(twilio, { saved: true })),
  branch: branchPage(branch()),
  branch_saved: branchPage(branch({ languages: ['es'], first: 'es' }), true),
};
