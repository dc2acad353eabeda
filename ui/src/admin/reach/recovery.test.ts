import { afterEach, beforeEach, describe, vi } from 'vitest';
import { recovery } from '../../desk/posed/recovery';
import { reaches } from '../../test/posed';

// A list of every country costs axe seconds, and each of its entries is like the others.
vi.mock('../../words/countries', () => import('../../test/countries'));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('axe finds nothing wrong', () => reaches(recovery));
