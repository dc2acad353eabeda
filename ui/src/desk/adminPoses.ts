// Every screen of the administration in every state worth looking at, for design and for tests.
import { people } from './posed/people';
import type { AdminPose } from './posed/pose';
import { record } from './posed/record';
import { recovery } from './posed/recovery';
import { rules } from './posed/rules';
import { vendors } from './posed/vendors';

export const adminPoses: Record<string, AdminPose> = { ...rules, ...people, ...record, ...vendors, ...recovery };
