import { type WorkspaceFiles, jsonFile } from './files.ts';
import { type GeneratedPackage, houseFiles, ownTools } from './generate-member.ts';
import { readHouse, toolDependencies, versionRange } from './house.ts';
import { checkName, checkPlace, chooseScope } from './names.ts';
import { manifestOf } from './package-json.ts';
import { renderTemplates } from './render.ts';
import { readWorkspace } from './workspace.ts';

/** What {@link generateEncoder} takes. */
export interface EncoderOptions {
  /** Name of the encoder, for example `minilm`. */
  readonly name: string;
  /** Team that ships it; default `platform-team`. */
  readonly owner?: string | undefined;
  /** Scope of its package; default that of the workspace's packages, or of its root. */
  readonly scope?: string | undefined;
}

/**
 * The files of a new encoder, models/encoders/<name>, package `@<scope>/encoder-<name>`, in plain code. Writes nothing.
 *
 * @throws {NxError} `GENERATE_NAME_INVALID`, `GENERATE_NAME_TAKEN`, `GENERATE_WORKSPACE_INVALID`
 */
export function generateEncoder(files: WorkspaceFiles, options: EncoderOptions): GeneratedPackage {
  const { name: encoder, owner = 'platform-team' } = options;
  checkName('encoder', encoder);
  const workspace = readWorkspace(files);
  const scope = chooseScope(workspace, options.scope);
  const house = readHouse(files, scope);
  const place = { dir: `models/encoders/${encoder}`, name: `@${scope}/encoder-${encoder}` };
  checkPlace({ files, workspace }, place);
  const license = workspace.manifest.license ?? 'UNLICENSED';
  const description = `${encoder}: a text as numbers, shared by members.`;
  const manifest = {
    name: place.name,
    version: '0.1.0',
    description,
    license,
    isPrivate: true,
    clamor: { kind: 'encoder', contract: 1, owner },
    peerDependencies: { '@clamor/contract': versionRange(workspace, '@clamor/contract') },
    devDependencies: toolDependencies(workspace, ['@clamor/testkit', ...ownTools(house)]),
  };
  return {
    ...place,
    files: [
      jsonFile(`${place.dir}/package.json`, manifestOf(manifest, house)),
      ...houseFiles(house, place.dir),
      ...renderTemplates('encoder', place.dir, { packageName: place.name, description, license }),
    ],
  };
}
