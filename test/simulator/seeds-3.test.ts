import { playAll } from './played.ts';

playAll(3);
