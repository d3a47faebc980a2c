import { describeStore } from '../contract.ts';
import { openTestStore } from './folder.ts';

describeStore('the store in an SQLite file', () => openTestStore());
