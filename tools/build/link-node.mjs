// After an install: puts the pinned Node first on the path of `npm run`. npm 10 takes node_modules/.bin/node away again
// with the Node of the other architecture, which it leaves out and which has a bin of the same name. npm 11 does not.
// Runs on whatever Node started npm, so it is plain JavaScript.
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';

const bin = new URL('../../node_modules/.bin/', import.meta.url);
const pinned = `../node-${process.platform}-${process.arch}/bin/node`;
if (existsSync(new URL(pinned, bin)) && !existsSync(new URL('node', bin))) {
  mkdirSync(bin, { recursive: true });
  symlinkSync(pinned, new URL('node', bin));
}
