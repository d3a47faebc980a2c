import { startSystems } from './systems.ts';

/** The targets in a process of their own, so that their memory is not taken for rosterd's. It ends with its parent. */
const systems = await startSystems(Number(process.argv[2]));

process.on('message', () => void systems.tally().then((tally) => process.send?.(tally)));
process.on('disconnect', () => process.exit());
process.send?.(systems.urls);
