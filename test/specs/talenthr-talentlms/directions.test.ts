import { describeFromHrToLms } from './from-hr-to-lms.ts';
import { describeFromLmsToHr } from './from-lms-to-hr.ts';
import { describeSchedules } from './schedule.ts';
import { describeTraining } from './training.ts';
import { describeTwoWay } from './two-way.ts';

// In one process: most of what these take is what each takes to begin.
describeFromHrToLms();
describeFromLmsToHr();
describeTwoWay();
describeTraining();
describeSchedules();
